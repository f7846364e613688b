"""`fit … verbose=2` reports each batch's own loss and accuracy, not the averages since the epoch began."""

import convo


def test_batches_report_themselves(tmp_path):
    convo.draw_pictures(tmp_path / "pictures", count=4)
    events = convo.run(
        [
            "load generator train from pictures target_size=16x16 batch_size=3 class_mode=binary shuffle=false rescale=1/255",
            "new model input=16x16x3",
            "add flatten",
            "add dense 1 activation=sigmoid",
            "compile loss=binary_crossentropy optimizer=sgd learning_rate=0.01 metrics=accuracy",
            "fit train epochs=1 verbose=2",
        ],
        tmp_path,
    )
    batches, (epoch,) = convo.named(events, "batch"), convo.named(events, "epoch")
    sizes = [3, 3, 2]
    for field in ["loss", "accuracy"]:
        own = [batch[field] for batch in batches]
        assert len(own) == len(sizes)
        # Weighted by their sizes, losses of their own have the epoch's mean; running averages would not.
        mean = sum(size * value for size, value in zip(sizes, own)) / sum(sizes)
        convo.assert_close(mean, epoch[field], relative=1e-6, what=field)
        assert abs(own[-1] - epoch[field]) > 1e-3, f"{field} of the last batch is no running average"
