"""What depends on the order of elements, which Chainer lacks."""

LACKS = {
    **dict.fromkeys(("sort", "topk"), "Chainer does not sort"),
    **dict.fromkeys(("median", "lower_median", "quantile"), "Chainer has no quantiles"),
    **dict.fromkeys(("cumulative_max", "cumulative_min"), "Chainer has no cumulative maximum and minimum"),
}
