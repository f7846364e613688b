"""Computes shuffled orders independently of the Swift code, from the description of the algorithm alone.

SplitMix64 is seeded with a mixture of (seed, epoch, pass); Fisher-Yates goes from the last place down and draws
each index without bias by Lemire's method. Prints what SampleOrderTests.swift expects.
"""

MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15


def mixed(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def shuffled(count, seed, epoch, pass_):
    state = mixed((seed + GAMMA) & MASK)
    for number in (epoch, pass_):
        state = mixed(state ^ ((number + GAMMA) & MASK))

    def draw():
        nonlocal state
        state = (state + GAMMA) & MASK
        return mixed(state)

    order = list(range(count))
    for last in range(count - 1, 0, -1):
        bound = last + 1
        while True:
            product = draw() * bound
            if product & MASK >= (1 << 64) % bound:
                break
        other = product >> 64
        order[last], order[other] = order[other], order[last]
    return order


for arguments in ((10, 0, 0, 0), (10, 0, 1, 0), (10, 0, 0, 1), (10, 42, 3, 2), (10, MASK, -1 & MASK, 0)):
    print(arguments, shuffled(*arguments))
print(sum(i * v for i, v in enumerate(shuffled(1027, 7, 14, 0))))
