"""Dimensions of values and dtypes: what a variable holds, and what meets in an op."""

from reference_engine.semantics.dimension import Option, dimension

DIMENSIONS = (
    dimension(
        "host_array",
        "Is a variable's value the array it was made from, or a copy?",
        Option(
            "copied",
            "A copy: writing into the array later changes nothing.",
            formula="value = np.array(array)",
            advice="Write into the variable, or make it anew: what happens to the array afterwards does not reach it.",
        ),
        Option(
            "aliased",
            "The array itself: writing into it changes the variable.",
            formula="value = array",
            advice="Hand over a copy (`array.copy()`) if the array will be written into.",
        ),
        reason="a variable then changes only where the program says so",
        consulted_by="Variable",
        references=(
            "https://docs.pytorch.org/docs/stable/generated/torch.tensor.html",
            "https://docs.pytorch.org/docs/stable/generated/torch.from_numpy.html",
        ),
    ),
    dimension(
        "no_copy_input",
        "What is a variable's value that was to be made without a copy?",
        Option(
            "aliased",
            "The array itself.",
            formula="value = array",
            advice="Leave the array alone as long as the variable, or anything computed from it, is in use.",
        ),
        Option(
            "copied",
            "A copy all the same.",
            formula="value = np.array(array)",
            advice="Write into the variable, or make it anew: what happens to the array afterwards does not reach it "
            "(`jnp.asarray` copies small arrays only).",
        ),
        reason="whoever asks for no copy expects none",
        consulted_by="Variable",
        references=(
            "https://docs.pytorch.org/docs/stable/generated/torch.from_numpy.html",
            "jax-ml/jax#37830",
        ),
    ),
    dimension(
        "host_view",
        "Is the array that a variable gives as its value the value itself, or a copy?",
        Option(
            "aliased",
            "The value itself: a later write in place shows in it.",
            formula="x.numpy() is x.value",
            advice="Copy the array that you look at if the variable will be written into.",
        ),
        Option(
            "read_only",
            "The value itself, which may not be written into by this way.",
            formula="view = x.value.view()\nview.flags.writeable = False",
            advice="Make an array of your own before you write into it (`np.array(x)`).",
        ),
        Option(
            "copied",
            "A copy.",
            formula="x.value.copy()",
            advice="Ask for the array again after each change of the variable.",
        ),
        reason="looking at a value should cost nothing",
        consulted_by="numpy",
        references=(
            "https://docs.pytorch.org/docs/stable/generated/torch.Tensor.numpy.html",
            "https://www.tensorflow.org/guide/variable",
        ),
    ),
    dimension(
        "array_writes",
        "Does a write change the array, or make a new one?",
        Option(
            "in_place",
            "It changes the array, for everybody who holds it.",
            formula="x.value[i] = v",
            advice="Copy an array before you write into it if somebody else may hold it: a view, or an op that saved "
            "it for its derivative.",
        ),
        Option(
            "new_array",
            "It makes a new array under the same name, and whoever holds the old one keeps it: ops that came before.",
            formula="x.value = x.value.copy()\nx.value[i] = v",
            advice="Go on with what the write gives (`x = x.at[i].set(v)` in JAX, `x.assign(v)` of a variable in "
            "TensorFlow): whoever holds the old array does not see it.",
        ),
        Option(
            "locked",
            "It changes the array, unless a graph holds it: operands and results of recorded ops are locked until a "
            "backward pass has given the graph up, and writing into them raises an exception. So is the host array "
            "of a variable that was made without a copy.",
            formula="x.value.flags.writeable = False  # by each recorded op, until the backward pass",
            advice="Write after the backward pass, or let go of what was computed; or write into a copy.",
        ),
        reason="NumPy's arrays are mutable, and an engine on NumPy has to face that",
        consulted_by="write, sgd_step",
        references=(
            "https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#in-place-updates",
            "https://www.tensorflow.org/guide/variable",
        ),
    ),
    dimension(
        "integer_input",
        "What is the gradient of integers?",
        Option(
            "raises",
            "Asking for one raises an exception.",
            formula="if x.dtype is integer and x.requires_grad: raise IntegerInput",
            advice="Write `1.0` instead of `1`, or cast to floats, before you ask for a gradient.",
        ),
        Option(
            "none",
            "There is none.",
            formula="x.grad = None",
            advice="Cast to floats before you ask for a gradient: None is all that tells of integers.",
        ),
        Option(
            "zeros",
            "It is zero, for integers cannot move a little.",
            formula="x.grad = np.zeros_like(x)",
            advice="Cast to floats before you ask for a gradient: zeros look like a derivative.",
        ),
        Option(
            "value",
            "It is computed as for any other number and cast to integers.",
            formula="x.grad = g.astype(x.dtype)",
            advice="Cast to floats before you ask for a gradient: that of integers is cut to whole numbers.",
        ),
        Option(
            "refused_by_ops",
            "Ops whose derivatives need values raise an exception when their first operand is an array of integers, "
            "whether a gradient is asked of it or not; through the others it is computed, but for a cast to floats, "
            "through which nothing comes back.",
            formula="if op.saves_values and x1.dtype is integer: raise IntegerInput",
            advice="Cast arrays of integers to floats before they enter an op, constants too.",
        ),
        reason="a derivative needs neighbours, and integers have none",
        consulted_by="Variable, backward, grad, every op",
        references=(
            "https://docs.pytorch.org/docs/stable/notes/autograd.html",
            "https://docs.chainer.org/en/stable/guides/type_checks.html",
        ),
    ),
    dimension(
        "same_dtype_cast",
        "What does a cast to the dtype that a variable already has return?",
        Option(
            "same_object",
            "The variable itself, still a leaf if it was one.",
            formula="x if x.dtype == dtype else cast(x, dtype)",
            advice="Do not rely on a cast to make a new variable: what is asked of its result is asked of x.",
        ),
        Option(
            "same_object_if_recorded",
            "The variable itself where ops are recorded; elsewhere a constant, like what any op gives there.",
            formula="x if x.dtype == dtype and recording else cast(x, dtype)",
            advice="Do not ask whether a cast's result is the variable itself: that depends on where it stands.",
        ),
        Option(
            "new_node",
            "A new variable, computed from the first.",
            formula="cast(x, dtype)",
            advice="Ask x for its gradient, not the cast's result: that is a computed variable, even if nothing was "
            "to be cast.",
        ),
        Option(
            "new_node_if_recorded",
            "A new variable, computed from the first, where ops are recorded; elsewhere the variable itself.",
            formula="x if x.dtype == dtype and not recording else cast(x, dtype)",
            advice="Ask x for its gradient, not the cast's result. Do not make a constant by a cast where nothing is "
            "recorded, but from the array (`x.array` in Chainer).",
        ),
        reason="nothing is computed, so nothing needs to be recorded",
        consulted_by="astype",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to.html",),
    ),
    dimension(
        "cast_result",
        "What is a variable that was cast to another dtype?",
        Option(
            "computed",
            "A variable computed from the first, to which its gradient is handed on.",
            formula="y = Cast(dtype)(x)",
            advice="Ask for the gradient of the variable that was there before the cast.",
        ),
        Option(
            "new_leaf",
            "A new leaf: the gradient ends there and never reaches the first.",
            formula="def astype(x, dtype): return Variable(x.data.astype(dtype))",
            advice="Cast before anything is to be differentiated: what was computed before a cast gets no gradient.",
        ),
        reason="a cast is a function of x like any other",
        consulted_by="astype",
        references=(
            "https://docs.pytorch.org/docs/stable/generated/torch.Tensor.is_leaf.html",
            "https://mygrad.readthedocs.io/en/latest/generated/mygrad.Tensor.astype.html",
        ),
    ),
    dimension(
        "python_numbers",
        "Which dtype does a Python number take beside an array?",
        Option(
            "weak",
            "The array's, if its kind can hold the number: float32 beside 2.0 stays float32.",
            formula="x + np.asarray(2.0, x.dtype)",
            advice="Write plain numbers: they do not widen an array.",
        ),
        Option(
            "strong",
            "That of an array without axes, int64 or float64: float32 beside 2.0 makes float64. Only the exponents 1 "
            "and 2 have ops of their own, and widen nothing.",
            formula="x + np.asarray(2.0)",
            advice="Write numbers in the array's dtype (`np.float32(2)`) where float32 has to stay float32.",
        ),
        reason="a plain number says nothing about precision",
        consulted_by=(
            "add, subtract, multiply, divide, pow, logaddexp, logaddexp2, xlogy, xlog1py, squared_difference, atan2, "
            "floor_divide, remainder, copysign, where, maximum, minimum, fmax, fmin, clip, equal, not_equal, "
            "less, less_equal, greater, greater_equal"
        ),
        references=("https://numpy.org/neps/nep-0050-scalar-promotion.html",),
    ),
    dimension(
        "default_float",
        "Do values of 64 bits stay so?",
        Option(
            "kept",
            "Yes.",
            formula="value = array",
            advice="Say float32 where it is wanted: NumPy's float64 stays, and may widen what it meets.",
        ),
        Option(
            "float32",
            "No: float64, complex128 and int64 become float32, complex64 and int32, in inputs, casts and results.",
            formula="value = array.astype(np.float32)",
            advice="Switch types of 64 bits on before anything else where they are needed "
            '(`jax.config.update("jax_enable_x64", True)` in JAX).',
        ),
        reason="values are the user's",
        consulted_by="Variable, astype, every op",
        references=("https://docs.jax.dev/en/latest/default_dtypes.html",),
    ),
    dimension(
        "mixed_dtypes",
        "May operands that one op combines element by element, or joins, differ in dtype?",
        Option(
            "promotes",
            "Yes, the result has the dtype that holds both.",
            formula="np.result_type(x1, x2)",
            advice="Look at the dtype of results: one operand in float64 widens all that comes after it.",
        ),
        Option(
            "raises",
            "No: an exception is raised. Python numbers take the other's dtype.",
            formula="if x1.dtype != x2.dtype: raise MixedDtypes",
            advice="Cast one of the operands (`tf.cast(x1, x2.dtype)` in TensorFlow, `F.cast(x1, x2.dtype)` in "
            "Chainer).",
        ),
        reason="the array API promotes within a kind",
        consulted_by=(
            "add, subtract, multiply, divide, pow, hypot, logaddexp, logaddexp2, xlogy, xlog1py, squared_difference, "
            "atan2, floor_divide, remainder, copysign, where, maximum, minimum, fmax, fmin, equal, not_equal, "
            "less, less_equal, greater, greater_equal, matmul, concat, stack"
        ),
        references=(
            "https://data-apis.org/array-api/latest/API_specification/type_promotion.html",
            "https://www.tensorflow.org/guide/tf_numpy_type_promotion",
        ),
    ),
    dimension(
        "zero_dimensional_operands",
        "Does an array without axes widen the dtype of one with axes?",
        Option(
            "count",
            "Yes: float32 with axes and float64 without make float64.",
            formula="np.result_type(x1.dtype, x2.dtype)",
            advice="Make an array without axes in the dtype of what it will meet, or use a Python number.",
        ),
        Option(
            "weak",
            "No, unless it is of a higher kind: it takes the other's dtype, as a Python number.",
            formula="x1.dtype if x2.ndim == 0 and x1.ndim > 0 else np.result_type(x1.dtype, x2.dtype)",
            advice="Cast the operand with axes where the result must be wide: an array without axes does not widen it.",
        ),
        reason="the array API promotes by dtypes alone, not by shapes",
        consulted_by=(
            "add, subtract, multiply, divide, pow, hypot, logaddexp, logaddexp2, xlogy, xlog1py, squared_difference, "
            "atan2, floor_divide, remainder, copysign, where, maximum, minimum, fmax, fmin, equal, not_equal, "
            "less, less_equal, greater, greater_equal"
        ),
        references=("https://docs.pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc",),
    ),
    dimension(
        "integers_beside_floats",
        "Which dtype do integers and floats that one op combines have together?",
        Option(
            "promote",
            "One that holds both: int64 and float32 make float64.",
            formula="np.result_type(np.int64, np.float32) == np.float64",
            advice="Cast the integers to the dtype of the floats where the result must stay in it.",
        ),
        Option(
            "take_float",
            "That of the floats: int64 and float32 make float32.",
            formula="x1.dtype if x1.dtype is floating else x2.dtype",
            advice="Cast both to float64 where integers above 2**24 must not be rounded.",
        ),
        reason="NumPy's promotion loses as little as it can",
        consulted_by=(
            "add, subtract, multiply, divide, pow, hypot, logaddexp, logaddexp2, xlogy, xlog1py, squared_difference, "
            "atan2, floor_divide, remainder, copysign, where, maximum, minimum, fmax, fmin, equal, not_equal, "
            "less, less_equal, greater, greater_equal, matmul, concat, stack"
        ),
        references=(
            "https://docs.pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc",
            "https://docs.jax.dev/en/latest/jep/9407-type-promotion.html",
        ),
    ),
    dimension(
        "linear_dtypes",
        "May the operands of a matrix product or a dense layer differ in dtype?",
        Option(
            "promotes",
            "Yes, the result has the dtype that holds all.",
            formula="np.result_type(x, weight, bias)",
            advice="Look at the dtype of the result: an input in float64 widens a layer's output.",
        ),
        Option(
            "raises",
            "No: an exception is raised.",
            formula="if x.dtype != weight.dtype: raise MixedDtypes",
            advice="Cast the input to the dtype of the weight (`x.to(weight.dtype)` in PyTorch, "
            "`F.cast(x, W.dtype)` in Chainer).",
        ),
        Option(
            "casts_input",
            "The layer casts its input to the dtype of its weight; matmul raises an exception.",
            formula="x.astype(weight.dtype) @ weight.T + bias",
            advice='Give the layer the dtype that its input shall keep (`dtype="float64"` in Keras): a wider input is '
            "rounded silently.",
        ),
        reason="as elementwise ops do",
        consulted_by="linear, matmul",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html",),
    ),
)
