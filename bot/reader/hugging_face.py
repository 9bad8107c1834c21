"""Reading with a question answering model of Hugging Face's form, by folder or name; imports transformers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.reader.inference import SpanReader, WindowScores, best_spans
from bot.reader.precision import computes_in_bfloat16
from bot.reader.windows import STRIDE, Window, Windower
from corpus.errors import ModelError
from index.tokenising import Tokeniser

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

MAXIMUM_LENGTH = 384
"""Tokens of a window, as models for SQuAD are usually trained; fewer where the model takes fewer."""

POSITIONS_RESERVED = 2
"""RoBERTa and its kin count positions from 2."""

REMEDY = "Give a folder or name of a question answering model (such as a RoBERTa for SQuAD 2.0), or leave --reader out."


def load_question_answering_model(name: str) -> SpanReader:
    """The reader over a model that transformers loads as `AutoModelForQuestionAnswering`.

    Its "no answer" is SQuAD 2.0's, the score of its first token: a model that never learned to refuse
    will not refuse here. Raises `ModelError` where it cannot be loaded, or is of another kind.
    """
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer
    from transformers.utils import logging

    # What it says while loading would stand between the user and the answer; what matters is raised below.
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        tokeniser = AutoTokenizer.from_pretrained(name)
        model, loading = AutoModelForQuestionAnswering.from_pretrained(name, output_loading_info=True)
    except Exception as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ModelError(f"The reader {name!r} cannot be loaded: {reason}", REMEDY) from error
    if loading["missing_keys"]:
        missing = ", ".join(sorted(loading["missing_keys"]))
        raise ModelError(f"The reader {name!r} has not learned to answer questions ({missing} is missing).", REMEDY)
    length = min(MAXIMUM_LENGTH, tokeniser.model_max_length, model.config.max_position_embeddings - POSITIONS_RESERVED)
    windower = Windower(_tokeniser(tokeniser, name), length, min(STRIDE, length // 3))
    scorer = HuggingFaceScorer(model.eval(), windower.tokeniser.padding, kinds=_wants_kinds(tokeniser))
    return SpanReader(scorer, windower)


class HuggingFaceScorer:
    """Scores windows with a question answering model.

    `padding` is the token that fills short windows; `kinds` tells the model which text is the passage.
    """

    def __init__(self, model: "PreTrainedModel", padding: int, *, kinds: bool) -> None:
        self._model = model
        self._padding = padding
        self._kinds = kinds
        self._half = computes_in_bfloat16()

    def score(self, windows: Sequence[Window]) -> list[WindowScores]:
        """See `Scorer.score`; "nothing" is how far the null score is above the best span's."""
        import torch

        longest = max(len(window.numbers) for window in windows)
        numbers = np.full((len(windows), longest), self._padding, dtype=np.int64)
        seen, kinds = np.zeros_like(numbers), np.zeros_like(numbers)
        for row, window in enumerate(windows):
            numbers[row, : len(window.numbers)] = window.numbers
            seen[row, : len(window.numbers)] = 1
            kinds[row, window.first : len(window.numbers)] = 1
        given = {"input_ids": numbers, "attention_mask": seen} | ({"token_type_ids": kinds} if self._kinds else {})
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._half):
            scores = self._model(**{name: torch.from_numpy(value) for name, value in given.items()})
        starts, ends = scores.start_logits.float().numpy(), scores.end_logits.float().numpy()
        return [_window_scores(*each) for each in zip(windows, starts, ends, strict=True)]


def _window_scores(window: Window, starts: Any, ends: Any) -> WindowScores:
    inside = window.inside
    null_score = float(starts[0] + ends[0])
    best = best_spans(starts[inside], ends[inside], 1)
    nothing = null_score - best[0][2] if best else 0.0
    return WindowScores(starts[inside], ends[inside], null_score, nothing)


def _tokeniser(tokeniser: "PreTrainedTokenizerBase", name: str) -> Tokeniser:
    """Its tokeniser; raises `ModelError` unless windows come out as the model's own inputs would."""
    question, passage = "Who said so?", "Nobody said so."
    if tokeniser.is_fast:
        fast = Tokeniser(tokeniser.backend_tokenizer, tokeniser.num_special_tokens_to_add(pair=True) - 2)
        asked, read = fast.tokens([question, passage])
        if Windower(fast).window(asked.numbers, read).numbers.tolist() == tokeniser(question, passage)["input_ids"]:
            return fast
    raise ModelError(f"The reader {name!r} takes its inputs in a form that is not known here.", REMEDY)


def _wants_kinds(tokeniser: "PreTrainedTokenizerBase") -> bool:
    return "token_type_ids" in tokeniser.model_input_names
