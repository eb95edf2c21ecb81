"""Dimensions of values and dtypes: what a variable holds, and what meets in an op."""

from reference_engine.semantics.dimension import Option, dimension

DIMENSIONS = (
    dimension(
        "host_array",
        "Is a variable's value the array it was made from, or a copy?",
        Option("copied", "A copy: writing into the array later changes nothing (torch.tensor, JAX)."),
        Option("aliased", "The array itself: writing into it changes the variable (Chainer, torch.from_numpy)."),
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
        Option("aliased", "The array itself (torch.from_numpy, Chainer)."),
        Option("copied", "A copy all the same (tf.convert_to_tensor, and jnp.asarray for small arrays)."),
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
        Option("aliased", "The value itself: a later write in place shows in it (PyTorch, Chainer)."),
        Option("read_only", "The value itself, which may not be written into by this way (JAX)."),
        Option("copied", "A copy (a Variable of TensorFlow's)."),
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
        Option("in_place", "It changes the array, for everybody who holds it (PyTorch, Chainer)."),
        Option(
            "new_array",
            "It makes a new array under the same name, and whoever holds the old one keeps it: ops that came before "
            "(TensorFlow, JAX).",
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
        Option("raises", "Asking for one raises IntegerInput (PyTorch, JAX)."),
        Option("none", "There is none (TensorFlow)."),
        Option("zeros", "It is zero, for integers cannot move a little."),
        Option("value", "It is computed as for any other number and cast to integers."),
        Option(
            "refused_by_ops",
            "Ops whose derivatives need values raise IntegerInput when their first operand is an array of integers, "
            "whether a gradient is asked of it or not; through the others it is computed (Chainer).",
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
        Option("same_object", "The variable itself, still a leaf if it was one (PyTorch, TensorFlow)."),
        Option(
            "same_object_if_recorded",
            "The variable itself where ops are recorded; elsewhere a constant, like what any op gives there (JAX).",
        ),
        Option("new_node", "A new variable, computed from the first (Chainer)."),
        reason="nothing is computed, so nothing needs to be recorded",
        consulted_by="astype",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to.html",),
    ),
    dimension(
        "default_float",
        "Do values of 64 bits stay so?",
        Option("kept", "Yes."),
        Option(
            "float32",
            "No: float64, complex128 and int64 become float32, complex64 and int32, in inputs, casts and results "
            "(JAX without x64).",
        ),
        reason="values are the user's",
        consulted_by="Variable, astype, every op",
        references=("https://docs.jax.dev/en/latest/default_dtypes.html",),
    ),
    dimension(
        "mixed_dtypes",
        "May operands that one op combines element by element, or joins, differ in dtype?",
        Option("promotes", "Yes, the result has the dtype that holds both (NumPy, PyTorch, JAX)."),
        Option("raises", "No: MixedDtypes is raised (TensorFlow). Python numbers take the other's dtype."),
        reason="the array API promotes within a kind",
        consulted_by=(
            "add, subtract, multiply, divide, pow, logaddexp, atan2, where, maximum, minimum, equal, not_equal, less, "
            "less_equal, greater, greater_equal, matmul, concat, stack"
        ),
        references=(
            "https://data-apis.org/array-api/latest/API_specification/type_promotion.html",
            "https://www.tensorflow.org/guide/tf_numpy_type_promotion",
        ),
    ),
    dimension(
        "zero_dimensional_operands",
        "Does an array without axes widen the dtype of one with axes?",
        Option("count", "Yes: float32 with axes and float64 without make float64 (NumPy, JAX)."),
        Option("weak", "No, unless it is of a higher kind: it takes the other's dtype, as a Python number (PyTorch)."),
        reason="the array API promotes by dtypes alone, not by shapes",
        consulted_by=(
            "add, subtract, multiply, divide, pow, logaddexp, atan2, where, maximum, minimum, equal, not_equal, less, "
            "less_equal, greater, greater_equal"
        ),
        references=("https://docs.pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc",),
    ),
    dimension(
        "integers_beside_floats",
        "Which dtype do integers and floats that one op combines have together?",
        Option("promote", "One that holds both: int64 and float32 make float64 (NumPy)."),
        Option("take_float", "That of the floats: int64 and float32 make float32 (PyTorch, JAX)."),
        reason="NumPy's promotion loses as little as it can",
        consulted_by=(
            "add, subtract, multiply, divide, pow, logaddexp, atan2, where, maximum, minimum, equal, not_equal, less, "
            "less_equal, greater, greater_equal, matmul, concat, stack"
        ),
        references=(
            "https://docs.pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc",
            "https://docs.jax.dev/en/latest/jep/9407-type-promotion.html",
        ),
    ),
    dimension(
        "linear_dtypes",
        "May the operands of a matrix product or a dense layer differ in dtype?",
        Option("promotes", "Yes, the result has the dtype that holds all (NumPy, JAX)."),
        Option("raises", "No: MixedDtypes is raised (PyTorch, Chainer; TensorFlow's matmul)."),
        Option("casts_input", "The layer casts its input to the dtype of its weight; matmul raises (Keras)."),
        reason="as elementwise ops do",
        consulted_by="linear, matmul",
        references=("https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html",),
    ),
)
