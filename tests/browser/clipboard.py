"""What Word and Google Docs put on the clipboard: written as they write it, with all that comes along."""

_MARK = (
    "<![if !supportLists]><span style='font-family:Symbol;mso-fareast-font-family:Symbol'>"
    "<span\nstyle='mso-list:Ignore'>"
)
_END = """<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>"""


def _item(words: str, *, mark: str, level: int, of: int, place: str) -> str:
    style = f"margin-left:{level / 2}in;mso-add-space:auto;text-indent:-.25in;mso-list:l{of} level{level} lfo{of + 1}"
    return f"<p class=MsoListParagraphCxSp{place} style='{style}'>{_MARK}{mark}{_END}{words}<o:p></o:p></p>\n"


FROM_WORD = (
    """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}</style><![endif]-->
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!--
 /* Font Definitions */
 @font-face {font-family:"Cambria Math"; panose-1:2 4 5 3 5 4 6 3 2 4;}
 p.MsoNormal, li.MsoNormal {margin:0in; font-size:11.0pt; font-family:"Calibri",sans-serif;}
 @list l0:level1 {mso-level-number-format:bullet; mso-level-text:\\F0B7;}
--></style></head>
<body lang=EN-US style='tab-interval:.5in;word-wrap:break-word'><!--StartFragment-->
<h2 style='margin-top:2.0pt'><span style='mso-fareast-font-family:"Times New Roman"'>Getting here<o:p></o:p></span></h2>
<p class=MsoNormal style='margin-bottom:8.0pt;line-height:107%'>Take <del cite="mailto:Ann"
datetime="2026-11-02T09:14">by train </del><b style='mso-bidi-font-weight:normal'>bus</b><b> 5</b> to our
<a href="https://example.com/map"><span style='color:#0563C1'>door</span></a>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
"""
    + _item("Bring a friend", mark="·", level=1, of=0, place="First")
    + _item("or two", mark="o", level=2, of=0, place="Middle")
    + _item("Bring your list", mark="·", level=1, of=0, place="Last")
    + "<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n<p class=MsoNormal>At the door:</p>\n"
    + _item("Ring", mark="1.", level=1, of=1, place="First")
    + _item("Come in", mark="2.", level=1, of=1, place="Middle")
    + _item("Sit down", mark="ii.", level=2, of=1, place="Last")
    + """<script>document.title = "bad"</script><!--EndFragment--></body></html>"""
)

_SPAN = (
    "font-size:11pt;font-family:Arial,sans-serif;color:#000000;background-color:transparent;"
    "font-style:normal;font-variant:normal;vertical-align:baseline;white-space:pre-wrap;font-weight:"
)


def _span(words: str, weight: int = 400, decoration: str = "none") -> str:
    return f'<span style="{_SPAN}{weight};text-decoration:{decoration};">{words}</span>'


def _li(words: str, level: int) -> str:
    return (
        f'<li dir="ltr" style="list-style-type:disc;font-weight:400;" aria-level="{level}">'
        f'<p dir="ltr" style="line-height:1.38;margin-top:0pt;" role="presentation">{_span(words)}</p></li>'
    )


FROM_GOOGLE_DOCS = (
    "<meta charset='utf-8'><style type=\"text/css\">ul{margin:0}</style>"
    '<b style="font-weight:normal;" id="docs-internal-guid-0a1b2c3d-7fff">'
    f'<h2 dir="ltr" style="line-height:1.38;margin-top:18pt;">{_span("Getting here")}</h2>'
    f'<p dir="ltr" style="line-height:1.38;">{_span("Take ")}{_span("by train ", 400, "line-through")}'
    f"{_span('bus', 700)}{_span(' 5', 700)}{_span(' to our ')}"
    f'<a href="https://example.com/map" style="text-decoration:none;">{_span("door", 400, "underline")}</a>'
    f'{_span(".")}</p><ul style="margin-top:0;padding-inline-start:48px;">{_li("Bring a friend", 1)}'
    f'<ul style="margin-top:0;">{_li("or two", 2)}</ul>{_li("Bring your list", 1)}</ul></b><br>'
)
