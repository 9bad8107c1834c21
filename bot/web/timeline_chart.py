"""The chart of a figure by day, where at least three days give one."""

from typing import Any

import gradio as gr

from bot.answer import Answer
from bot.web.messages import Messages

FEWEST_POINTS = 3


def timeline_chart() -> gr.LinePlot:
    """The chart, hidden until there is something to show."""
    return gr.LinePlot(
        x="day", y="figure", height=220, visible=False, elem_id="presscite-chart", tooltip=["said", "source"]
    )


def timeline_update(answer: Answer | None, say: Messages) -> Any:
    """What the chart shows of `answer`; it is hidden where that is nothing."""
    if answer is None or len(answer.timeline) < FEWEST_POINTS:
        return gr.LinePlot(visible=False)
    # Pandas is what Gradio's plots take, and is loaded only where there is one.
    import pandas as pd

    rows = [
        {"day": pd.Timestamp(each.published), "figure": each.value, "said": each.answer, "source": each.source}
        for each in answer.timeline
    ]
    return gr.LinePlot(
        pd.DataFrame(rows), x_title=say("over_time"), y_title=say("figure"), y_lim=[0, None], visible=True
    )
