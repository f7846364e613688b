"""What the numbers belong to: the machine, the versions, the day. Nothing that names the machine or its owner."""

import datetime
import os
import platform
import subprocess
from importlib import metadata

from .settings import ROOT
from .worker import Worker


def cores():
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def output(*call):
    try:
        return subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def processor():
    try:
        with open("/proc/cpuinfo") as file:
            names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    except OSError:
        names = [output("sysctl", "-n", "machdep.cpu.brand_string")]
    return next(filter(None, names), platform.machine())


def memory():
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def commit():
    name = output("git", "rev-parse", "--short", "HEAD") or "unknown"
    changes = output("git", "status", "--porcelain", "--untracked-files=no", "--", ":!Benchmarks/RESULTS.md")
    return name + (" with changes" if changes else "")


def swift():
    words = output("swift", "--version").split()
    return words[words.index("version") + 1] if "version" in words else "unknown"


def installed(package):
    """The version of a package, whatever variant of it is installed; empty where there is none."""
    for name in (package, f"{package}-cpu"):
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return ""


def stamp():
    """Two lines for under a table."""
    with Worker.convo() as convo:
        about = convo.ask("about")
    versions = [f"convo {commit()}", f"Swift {swift()}", f"oneDNN {about['oneDNN']}"]
    versions += [f"Python {platform.python_version()}", f"Keras {installed('keras')}"]
    versions += [f"TensorFlow {installed('tensorflow')}"]
    if torch := installed("torch"):
        versions.append(f"PyTorch {torch}")
    machine = f"{processor()}, {cores()} cores, {about['vectors']}, {memory() / 2**30:.0f} GiB, {platform.system()}"
    return f"{datetime.date.today().isoformat()} · {machine}\n<br>{' · '.join(versions)}"
