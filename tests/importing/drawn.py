"""Charts and diagrams for Word files of the tests, as the XML of the parts that Word keeps them in."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Numbers = Sequence[tuple[str, Sequence[str]]]
"""Series: the name of each, with its values."""
DATA = "diagrams/data1.xml"
SIZE = '<wp:extent cx="4572000" cy="2743200"/><wp:docPr id="7" name="Chart 7"/>'


def inline(inside: str, uri: str) -> str:
    """A run with a drawing in the line."""
    return f'<w:r><w:drawing><wp:inline>{SIZE}<a:graphic><a:graphicData uri="{uri}">{inside}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'


def chart_of(name: str) -> str:
    """The run that shows a chart part, such as chart1."""
    return inline(f'<c:chart xmlns:c="{CHART}" r:id="rel-{name}"/>', CHART)


def diagram_of(name: str = "data1") -> str:
    """The run that shows SmartArt."""
    return inline(f'<dgm:relIds xmlns:dgm="{DIAGRAM}" r:dm="rel-{name}" r:lo="x" r:qs="x" r:cs="x"/>', DIAGRAM)


def chart(
    series: Numbers,
    categories: Sequence[str],
    *,
    title: str = "",
    axes: tuple[str, str] = ("", ""),
    form: str = "General",
    more: str = "",
) -> str:
    """A part charts/chart1.xml: columns, a group for each category."""
    drawn = "".join(
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>{_cells("tx", [name])}{more if not at else ""}{_cells("cat", categories)}{_cells("val", values, form)}</c:ser>'
        for at, (name, values) in enumerate(series)
    )
    return _chart_space(
        f"{_titled(title)}<c:autoTitleDeleted val='0'/><c:plotArea><c:layout/><c:barChart><c:barDir val='col'/><c:grouping val='clustered'/>{drawn}"
        f"<c:axId val='11'/><c:axId val='12'/></c:barChart>{_axis('catAx', '11', '12', 'b', axes[0])}{_axis('valAx', '12', '11', 'l', axes[1])}</c:plotArea>"
    )


def scatter(series: Sequence[tuple[str, Sequence[str], Sequence[str]]], *, axes: tuple[str, str]) -> str:
    """The same of points: each series has places of its own."""
    drawn = "".join(
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>{_cells("tx", [name])}{_cells("xVal", x, "General")}{_cells("yVal", y, "General")}</c:ser>'
        for at, (name, x, y) in enumerate(series)
    )
    return _chart_space(
        f"<c:plotArea><c:scatterChart><c:scatterStyle val='lineMarker'/>{drawn}<c:axId val='11'/><c:axId val='12'/></c:scatterChart>"
        f"{_axis('valAx', '11', '12', 'b', axes[0])}{_axis('valAx', '12', '11', 'l', axes[1])}</c:plotArea>"
    )


def _chart_space(inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><c:chartSpace xmlns:c="{CHART}" xmlns:a="{MAIN}" xmlns:r="{OFFICE}"><c:chart>{inside}<c:plotVisOnly val="1"/></c:chart></c:chartSpace>'


def words(text: str) -> str:
    """Text of a drawing: a paragraph a line."""
    return "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in text.split("\n"))


def _titled(title: str) -> str:
    return f"<c:title><c:tx><c:rich><a:bodyPr/>{words(title)}</c:rich></c:tx></c:title>" if title else ""


def _axis(kind: str, name: str, other: str, side: str, title: str) -> str:
    return f"<c:{kind}><c:axId val='{name}'/><c:scaling><c:orientation val='minMax'/></c:scaling><c:delete val='0'/><c:axPos val='{side}'/>{_titled(title)}<c:crossAx val='{other}'/></c:{kind}>"


def _cells(name: str, values: Sequence[str], form: str = "") -> str:
    """Cells of a sheet as the file keeps them; numbers with the format that they are shown in."""
    kind = "num" if form else "str"
    points = "".join(f'<c:pt idx="{at}"><c:v>{escape(value)}</c:v></c:pt>' for at, value in enumerate(values) if value)
    code = f"<c:formatCode>{form}</c:formatCode>" if form else ""
    return f'<c:{name}><c:{kind}Ref><c:f>Sheet1!$A$1</c:f><c:{kind}Cache>{code}<c:ptCount val="{len(values)}"/>{points}</c:{kind}Cache></c:{kind}Ref></c:{name}>'


def diagram(shapes: Sequence[tuple[int, str]], *, arrows: Sequence[str] = ()) -> str:
    """A part diagrams/data1.xml: shapes, each with its level; `arrows` are the words behind them. The file has them in another order."""
    points, joined = ['<dgm:pt modelId="0" type="doc"/>'], []
    above = ["0"]
    for place, (level, text) in enumerate(shapes, 1):
        del above[level + 1 :]
        points.append(f'<dgm:pt modelId="{place}"><dgm:t>{words(text)}</dgm:t></dgm:pt>')
        arrow = arrows[place - 1] if place <= len(arrows) else ""
        points.append(f'<dgm:pt modelId="s{place}" type="sibTrans"><dgm:t>{words(arrow)}</dgm:t></dgm:pt>')
        joined.append(
            f'<dgm:cxn modelId="c{place}" srcId="{above[-1]}" destId="{place}" srcOrd="{place}" destOrd="0" sibTransId="s{place}"/>'
        )
        above.append(str(place))
    points.append('<dgm:pt modelId="p" type="pres"><dgm:prSet presName="never shown"/></dgm:pt>')
    return (
        f'<dgm:dataModel xmlns:dgm="{DIAGRAM}" xmlns:a="{MAIN}" xmlns:r="{OFFICE}"><dgm:ptLst>{"".join(points[:1] + points[:0:-1])}</dgm:ptLst>'
        f"<dgm:cxnLst>{''.join(joined[::-1])}</dgm:cxnLst></dgm:dataModel>"
    )
