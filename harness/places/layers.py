"""Where layers change character: at ties, in the padding, behind a stride, and where a variance or a length is 0."""

from harness.places.place import Place, ordinary, special, structured

SIGNAL = (((0.5, -1.0, 2.0, 0.25, 1.5, -0.75), (1.25, 0.0, -0.5, 1.0, 0.75, -2.0)),)
IMAGE = ((((0.5, -1.0, 2.0, 0.25), (1.5, -0.75, 1.25, 0.0), (-0.5, 1.0, 0.75, -2.0)),),)
CHANNELS = (
    (((0.5, -1.0, 2.0), (0.25, 1.5, -0.75)), ((1.25, 0.0, -0.5), (1.0, 0.75, -2.0))),
    (((-1.5, 0.5, 1.0), (2.0, -0.25, 0.75)), ((0.5, 1.75, -1.0), (-0.5, 0.25, 1.5))),
)
WEIGHT, BIAS = (1.5, -0.5), (0.25, 1.0)
PIXELS = ((((0.5, -1.0, 2.0, 0.25), (1.5, -0.75, 1.25, 0.0)),),)
FOUR_CHANNELS = ((((0.5, -1.0),), ((2.0, 0.25),), ((1.5, -0.75),), ((1.25, 0.0),)),)
EIGHT_CHANNELS = ((*FOUR_CHANNELS[0], ((-0.5, 1.0),), ((0.75, -2.0),), ((1.75, 0.125),), ((-1.5, 0.625),)),)

KERNELS = (((0.5, -1.0, 0.25), (1.5, 0.75, -0.5)), ((1.0, 0.5, -1.5), (-0.25, 2.0, 0.5)))
KERNELS_OF_ONE = (((0.5, -1.0, 0.25),), ((1.0, 0.5, -1.5),))
KERNELS_2D = ((((0.5, -1.0), (0.25, 1.5)),), (((1.0, 0.5), (-1.5, 0.75)),))

structured(
    "conv1d",
    ordinary(SIGNAL, KERNELS),
    ordinary(SIGNAL, KERNELS, name="padding", padding=2),
    ordinary(SIGNAL, KERNELS, name="stride", stride=2, padding=1),
    ordinary(SIGNAL, KERNELS, name="dilation", dilation=2, padding=1),
    ordinary(SIGNAL, KERNELS_OF_ONE, name="depthwise", groups=2),
    special("left_over", "An element behind the last whole window has the gradient 0", SIGNAL, KERNELS, stride=2),
    special("gaps", "An element between two windows has the gradient 0", SIGNAL, (((0.5,), (-1.0,)),), stride=2),
    special("as_long", "A kernel as long as the signal fits in one place", SIGNAL, (SIGNAL[0],)),
    special(
        "longer",
        "A kernel longer than the signal, which the padding makes room for",
        (((0.5, -1.0), (2.0, 0.25)),),
        KERNELS,
        padding=1,
    ),
)
structured(
    "conv2d",
    ordinary(IMAGE, KERNELS_2D),
    ordinary(IMAGE, KERNELS_2D, name="padding", padding=(1, 0)),
    ordinary(IMAGE, KERNELS_2D, name="stride", stride=(2, 2), padding=(1, 1)),
    ordinary(IMAGE, KERNELS_2D, name="dilation", dilation=(2, 1), padding=(0, 1)),
    ordinary(CHANNELS, KERNELS_2D, name="depthwise", groups=2),
    special("left_over", "Pixels behind the last whole window have the gradient 0", IMAGE, KERNELS_2D, stride=(2, 2)),
    special("gaps", "Pixels between windows have the gradient 0", IMAGE, ((((0.5,),),), (((-1.0,),),)), stride=(2, 2)),
    special("as_large", "A kernel as large as the image fits in one place", IMAGE, IMAGE),
)
structured(
    "conv_transpose1d",
    ordinary(SIGNAL, KERNELS),
    ordinary(SIGNAL, KERNELS, name="stride", stride=2, padding=1),
    ordinary(SIGNAL, KERNELS, name="dilation", dilation=2),
    ordinary(SIGNAL, KERNELS_OF_ONE, name="depthwise", groups=2),
    special("gaps", "Between kernels that do not meet are zeros", SIGNAL, (((0.5,),), ((-1.0,),)), stride=2),
    special(
        "left_over", "Padding cuts off what an end of the signal gives", SIGNAL, (((0.5,),), ((-1.0,),)), padding=1
    ),
)
structured(
    "conv_transpose2d",
    ordinary(CHANNELS, KERNELS_2D),
    ordinary(CHANNELS, KERNELS_2D, name="stride", stride=(2, 2), padding=(1, 0)),
    ordinary(CHANNELS, KERNELS_2D, name="dilation", dilation=(2, 1)),
    ordinary(CHANNELS, KERNELS_2D, name="depthwise", groups=2),
    special(
        "gaps", "Between kernels that do not meet are zeros", CHANNELS, ((((0.5,),),), (((-1.0,),),)), stride=(2, 2)
    ),
)

structured(
    "max_pool1d",
    ordinary(SIGNAL, size=3, stride=1),
    ordinary(SIGNAL, name="padding", size=3, stride=2, padding=1),
    ordinary(SIGNAL, name="dilation", size=2, stride=1, dilation=2),
    special("ties", "Of equal elements in a window one gets the gradient", (((1.0, 2.0, 2.0, 2.0, 0.0, 0.0),),), size=3,
            stride=1),
    special("one_of_several_windows", "An element that several windows pick gets the sum", (((0.0, 3.0, 0.0, 1.0),),),
            size=3, stride=1),
    special("negative_beside_padding", "The padding is smaller than anything", (((-2.0, -3.0, -1.5),),), size=3,
            stride=2, padding=1),
    special("left_over", "An element behind the last whole window has the gradient 0", SIGNAL, size=2, stride=4),
    special("infinite", "Infinity is the largest", (((1.0, float("inf"), 2.0, 0.5),),), size=2, stride=2),
    special("only_minus_infinity", "A window of nothing but minus infinity",
            (((1.0, 2.0, -float("inf"), -float("inf")),),), size=2, stride=2),
    special("nan", "NaN is larger than anything", (((1.0, float("nan"), 2.0, 0.5),),), size=4, stride=4),
    special("all", "One window that shows everything", SIGNAL, size=6, stride=6),
)  # fmt: skip
structured(
    "max_pool2d",
    ordinary(IMAGE, size=(2, 2), stride=(1, 2)),
    ordinary(IMAGE, name="padding", size=(3, 2), stride=(2, 2), padding=(1, 1)),
    ordinary(IMAGE, name="dilation", size=(2, 2), stride=(1, 1), dilation=(2, 1)),
    special("ties", "Of equal pixels in a window one gets the gradient", ((((1.0, 2.0, 2.0), (2.0, 2.0, 0.0)),),),
            size=(2, 2), stride=(1, 1)),
    special("all_equal", "Of an image of one colour one pixel gets the gradient", ((((0.0, 0.0), (0.0, 0.0)),),),
            size=(2, 2), stride=(2, 2)),
    special("left_over", "Pixels behind the last whole window have the gradient 0", IMAGE, size=(2, 3), stride=(2, 3)),
)  # fmt: skip
structured(
    "avg_pool1d",
    ordinary(SIGNAL, size=3, stride=1),
    ordinary(SIGNAL, name="padding", size=3, stride=2, padding=1),
    special("padding_not_counted", "A window at the border divides by what it shows of the signal", SIGNAL, size=3,
            stride=2, padding=1, count_include_pad=False),
    special("left_over", "An element behind the last whole window has the gradient 0", SIGNAL, size=2, stride=4),
    special("all", "One window that shows everything", SIGNAL, size=6, stride=6),
)  # fmt: skip
structured(
    "avg_pool2d",
    ordinary(IMAGE, size=(2, 2), stride=(1, 2)),
    ordinary(IMAGE, name="padding", size=(3, 2), stride=(2, 2), padding=(1, 1)),
    special("padding_not_counted", "A window at the border divides by what it shows of the image", IMAGE, size=(3, 2),
            stride=(2, 2), padding=(1, 1), count_include_pad=False),
    special("left_over", "Pixels behind the last whole window have the gradient 0", IMAGE, size=(2, 3), stride=(2, 3)),
)  # fmt: skip

EQUAL = "Elements that are all equal have the variance 0, and eps keeps the slope finite"
WITHOUT_EPS = "Without eps, elements that are all equal have no slope"


def _constant(count: int) -> tuple[tuple[tuple[float, ...], ...], ...]:
    """Images of two channels of one number each."""
    return ((tuple([0.5] * 3), tuple([-1.5] * 3)),) * count


_PER_CHANNEL: tuple[Place, ...] = (
    ordinary(CHANNELS, WEIGHT, BIAS),
    ordinary(CHANNELS, WEIGHT, BIAS, name="large_eps", eps=0.5),
    special("all_equal", EQUAL, _constant(2), WEIGHT, BIAS, eps=0.25),
    special("all_equal_without_eps", WITHOUT_EPS, _constant(2), WEIGHT, BIAS, eps=0.0),
    special("far_from_zero", "Where the mean is large beside the deviation, squares of the elements cancel",
            (((1000.0, 1001.0, 1002.5), (-2000.0, -2001.0, -1999.5)),) * 2, WEIGHT, BIAS),
    special("weight_zero", "A weight of 0 leaves nothing of x, and a gradient of its own", CHANNELS, (0.0, 1.0), BIAS),
)  # fmt: skip
structured(
    "batch_norm",
    ordinary(((0.5, -1.0), (2.0, 0.25), (1.5, -0.75)), WEIGHT, BIAS),
    ordinary(CHANNELS, WEIGHT, BIAS, name="images"),
    *_PER_CHANNEL[1:],
    special("two_images", "Of two numbers, the gradient is all but lost", ((0.5, -1.0), (2.0, 0.25)), WEIGHT, BIAS),
    special("one_image", "Of one number the variance is 0, and the gradient too", ((0.5, -1.0),), WEIGHT, BIAS),
)
structured("instance_norm", *_PER_CHANNEL)
structured(
    "group_norm",
    *(
        Place(place.kind, place.name, place.sentence, place.operands, {**place.parameters, "num_groups": 2})
        for place in _PER_CHANNEL
    ),
    special("one_group", "One group of all channels is the whole image", CHANNELS, WEIGHT, BIAS, num_groups=1),
)
ROWS, FEATURES = ((0.5, -1.0, 2.0), (1.5, 0.25, -0.75)), (1.5, -0.5, 2.0)
structured(
    "layer_norm",
    ordinary(ROWS, FEATURES, (0.25, 1.0, -1.0)),
    ordinary(ROWS, FEATURES, (0.25, 1.0, -1.0), name="large_eps", eps=0.5),
    ordinary(ROWS[0], FEATURES, (0.25, 1.0, -1.0), name="vector"),
    special("all_equal", EQUAL, ((0.5, 0.5, 0.5),), FEATURES, (0.25, 1.0, -1.0), eps=0.25),
    special("all_equal_without_eps", WITHOUT_EPS, ((0.5, 0.5, 0.5),), FEATURES, (0.25, 1.0, -1.0), eps=0.0),
    special("one_feature", "Of one number the variance is 0, and the gradient too", ((0.5,), (2.0,)), (1.5,), (0.25,)),
    special("far_from_zero", "Where the mean is large beside the deviation, squares of the elements cancel",
            ((1000.0, 1001.0, 1002.5),), FEATURES, (0.25, 1.0, -1.0)),
)  # fmt: skip
structured(
    "rms_norm",
    ordinary(ROWS, FEATURES),
    special("zeros", "Of zeros eps alone keeps the slope finite", ((0.0, 0.0, 0.0),), FEATURES, eps=0.25),
    special("zeros_without_eps", "Without eps, zeros have no slope", ((0.0, 0.0, 0.0),), FEATURES, eps=0.0),
    special("one_feature", "One number becomes its sign, but for eps", ((0.5,), (-2.0,)), (1.5,), eps=0.0),
)
structured(
    "normalize",
    ordinary(ROWS),
    ordinary(ROWS, name="without_eps", eps=0.0),
    ordinary(ROWS, name="along_axis", axis=0),
    special("zero_vector", "The zero vector is divided by eps", ((0.0, 0.0),), eps=0.25),
    special("short", "Shorter than eps, a vector is divided by eps", ((0.125, -0.25),), eps=0.5),
    special("as_long_as_eps", "A vector as long as eps is at a kink", ((3.0, 4.0),), eps=5.0),
    special("zero_vector_without_eps", "Without eps the zero vector has no direction", ((0.0, 0.0),), eps=0.0),
    special("one_element", "One number becomes its sign", ((0.5,), (-2.0,)), eps=0.0),
)
structured(
    "local_response_norm",
    ordinary(CHANNELS, size=3, alpha=0.5, beta=0.75, k=1.0),
    special("one_channel", "A window of one channel shows the element alone", CHANNELS, size=1, alpha=0.5,
            beta=0.75, k=2.0),
    special("wider_than_channels", "A window that shows all channels from each", CHANNELS, size=5, alpha=0.5,
            beta=0.5, k=1.0),
    special("zeros", "Of zeros k alone keeps the slope finite", ((((0.0,),), ((0.0,),)),), size=3, alpha=0.5,
            beta=0.75, k=2.0),
    half=False,
)  # fmt: skip

for name, operand in (
    ("pixel_shuffle", FOUR_CHANNELS), ("depth_to_space", FOUR_CHANNELS), ("pixel_unshuffle", PIXELS),
    ("space_to_depth", PIXELS),
):  # fmt: skip
    several = (
        EIGHT_CHANNELS if operand is FOUR_CHANNELS else ((PIXELS[0][0], ((1.0, 2.0, 3.0, 4.0), (5.0, 6.0, 7.0, 8.0))),)
    )
    structured(
        name,
        ordinary(operand, block=2),
        ordinary(several, name="several_channels", block=2),
    )
structured(
    "unfold",
    ordinary(IMAGE, size=(2, 2)),
    ordinary(CHANNELS, name="stride", size=(1, 2), stride=(1, 2), padding=(1, 1)),
    ordinary(IMAGE, name="dilation", size=(2, 2), dilation=(2, 1)),
    special("left_over", "Pixels behind the last whole window have the gradient 0", IMAGE, size=(2, 3), stride=(2, 3)),
)
structured(
    "upsample_nearest",
    ordinary(IMAGE, scale=(2, 3)),
    special("once", "A scale of 1 changes nothing", IMAGE, scale=(1, 1)),
)
structured(
    "upsample_bilinear",
    ordinary(IMAGE, scale=(2, 3)),
    ordinary(IMAGE, name="align_corners", scale=(2, 3), align_corners=True),
    special("one_pixel", "One pixel has nothing beside it", ((((0.5,),),),), scale=(2, 2)),
    special("once", "A scale of 1 changes nothing", IMAGE, scale=(1, 1)),
)

QUERIES = ((((0.5, -1.0), (2.0, 0.25), (1.5, 0.75)),),)
KEYS = ((((1.0, 0.5), (-0.25, 2.0)),),)
VALUES = ((((0.75, -0.5), (1.25, 1.0)),),)
structured(
    "scaled_dot_product_attention",
    ordinary(QUERIES, KEYS, VALUES, scale=0.75),
    ordinary(QUERIES, KEYS, VALUES, name="long_scale", scale=0.7),
    special("equal_keys", "Equal keys have equal weights", QUERIES, ((((1.0, 0.5), (1.0, 0.5)),),), VALUES, scale=0.75),
    special("one_key", "A single key has the weight 1, and no gradient", QUERIES, ((((1.0, 0.5),),),),
            ((((0.75, -0.5),),),), scale=0.75),
    special("far_apart", "Scores far apart have the weights 1 and 0", QUERIES, KEYS, VALUES, scale=1000.0),
    special("scale_zero", "At the scale 0 all weights are equal, and queries have the gradient 0", QUERIES, KEYS,
            VALUES, scale=0.0),
)  # fmt: skip
structured(
    "bilinear",
    ordinary(((0.5, -1.0), (2.0, 0.25)), ((1.0, 0.5, -0.75), (-0.25, 2.0, 1.5)), ((FEATURES, (0.25, 1.0, -1.0)),)),
    special("zero", "Where one side is 0, the gradient of the other is 0", ((0.0, 0.0),), ((1.0, 0.5, -0.75),),
            ((FEATURES, (0.25, 1.0, -1.0)),)),
)  # fmt: skip
structured(
    "dropout",
    ordinary((-1.25, 0.5, 2.0)),
    ordinary((-1.25, 0.5, 2.0), name="evaluation", rate=0.5, training=False),
    special("not_finite", "What is dropped with the rate 0 stays, also infinity", (float("inf"), 0.5, float("nan"))),
)
