from explorer import dataset
from explorer.documents.charts.figures_chart import chart
from explorer.notes import Notes
from explorer.view import View


def test_figures_of_one_side_go_by_their_names():
    view = View(dataset.load(dataset.bundled()["iran-nuclear-talks"]), Notes())
    machines = [f for f in view.index.dataset.figures if f.unit == "centrifuges"]

    names = {line.name for line in chart(view, machines, "").lines}

    assert {"Limit at Natanz", "Machines left at Fordow"} <= names
    assert not any(name.startswith("Iran") for name in names)


def test_a_figure_is_not_called_by_its_unit_and_who_counts_it_stands_apart():
    view = View(dataset.load(dataset.bundled()["iran-nuclear-talks"]), Notes())
    machines = [f for f in view.index.dataset.figures if f.unit == "centrifuges"]

    counted = {(line.name, line.by) for line in chart(view, machines, "").lines if line.by}

    assert ("installed", "Reuters") in counted
    assert ("enriching", "Reuters") in counted


def test_figures_of_two_sides_go_by_these():
    view = View(dataset.load(dataset.shipped()), Notes())
    duties = [f for f in view.index.dataset.figures if f.unit == "%"]

    names = {line.name for line in chart(view, duties, "").lines if line.name}

    assert names == {"US", "China"}
