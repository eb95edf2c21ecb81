from benchmarks.table import tables


def test_ratios_are_to_the_first_of_each_group() -> None:
    report = {
        "benchmarks": [
            {"group": "chain", "stats": {"median": 0.001}, "extra_info": {"engine": "by hand", "ops": 1000}},
            {"group": "network", "stats": {"median": 0.5}, "extra_info": {"engine": "by hand", "ops": 10}},
            {"group": "chain", "stats": {"median": 0.004}, "extra_info": {"engine": "ours", "ops": 1000}},
        ]
    }
    assert [
        "| chain | by hand | 1 ms | 1.00 us | 1.00 |",
        "| chain | ours | 4 ms | 4.00 us | 4.00 |",
        "| network | by hand | 500 ms | 50000.00 us | 1.00 |",
    ] == tables(report).splitlines()[2:]


def test_sessions_are_a_table_of_their_own() -> None:
    info = {"framework": "torch", "loop_us": 90.0, "session_us": 126.0, "ratio": 1.4, "budget": 1.5}
    assert ["| torch | 90.0 us | 126.0 us | 1.4 | 1.5 |"] == tables(
        {"benchmarks": [{"extra_info": info}]}
    ).splitlines()[2:]
