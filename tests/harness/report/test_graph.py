from harness.report.graph import LARGEST_DRAWN, Edge, graph
from harness.trace import Tracer, trace


def test_an_edge_is_not_recorded_where_no_gradient_comes_back() -> None:
    def function(g: Tracer) -> None:
        x = g.input("x", 1.0)
        with g.not_recording():
            outside = x * 2
        stopped = g.stop_gradient(x)
        y = x + outside + stopped
        h = g.host(y)
        g.observe("h", h)

    drawn = graph(trace(function))
    assert drawn is not None
    assert {
        Edge("x", "outside", recorded=False),
        Edge("x", "stopped", recorded=False),
        Edge("y", "h", recorded=False),
    } == {edge for edge in drawn.edges if not edge.recorded}
    assert {"x": "input", "outside": "op", "stopped": "stop", "h": "host", "y": "op"}.items() <= {
        node.name: node.kind for node in drawn.nodes
    }.items()
    assert ["outside"] == [node.name for node in drawn.nodes if not node.recorded]


def test_roots_casts_seeds_and_writes_are_noted() -> None:
    def function(g: Tracer) -> None:
        x = g.input("x", 1.0)
        constant = g.input("constant", 1.0, requires_grad=False)
        wide = x.astype("float32")
        g.write(wide, 2.0)
        g.backward(wide, seed=constant, keep_graph=True)
        g.backward(wide)
        g.write(x.grad, 2.0)
        g.observe("x.grad", x.grad)

    drawn = graph(trace(function))
    assert drawn is not None
    nodes = {node.name: node for node in drawn.nodes}
    assert ("differentiated 2 times", "written in place") == nodes["wide"].notes
    assert nodes["wide"].root
    assert "cast" == nodes["wide"].kind
    assert "constant" == nodes["constant"].kind
    assert ("seed of wide",) == nodes["constant"].notes
    assert ("gradient written in place",) == nodes["x"].notes


def test_a_gradient_that_is_used_again_is_a_node() -> None:
    def function(g: Tracer) -> None:
        x = g.input("x", 2.0)
        y = x * x
        dy = g.grad(y, x, create_graph=True)
        ddy = g.grad(dy, x)
        g.observe("second", ddy)

    drawn = graph(trace(function))
    assert drawn is not None
    assert {"dy": True, "ddy": False} == {node.name: node.recorded for node in drawn.nodes if node.kind == "gradient"}
    assert {Edge("y", "dy"), Edge("dy", "ddy", recorded=False)} <= set(drawn.edges)


def test_a_value_used_twice_by_an_op_has_one_edge() -> None:
    def function(g: Tracer) -> None:
        x = g.input("x", 2.0)
        y = x * x
        g.observe("y", y)

    drawn = graph(trace(function))
    assert drawn is not None
    assert (Edge("x", "y"),) == drawn.edges


def test_a_graph_too_large_for_a_picture_is_not_drawn() -> None:
    def function(g: Tracer) -> None:
        x = g.input("x", 2.0)
        for _ in range(LARGEST_DRAWN):
            x = x + 1
        g.observe("x", x)

    assert graph(trace(function)) is None
