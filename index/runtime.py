"""Running a BERT encoder on the processor that is there; the only file that imports openvino.

OpenVINO chooses by the processor: bfloat16 where there are instructions for it, float32 elsewhere. It
loads in a fraction of the second that a training library takes, which is most of a short command's time.
"""

import sys
import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.bert import EncoderShape, Tensors

# OpenVINO does without its converter of models, which with its telemetry takes two thirds of the import.
_CONVERTER = "openvino.tools.ovc"
_withheld = _CONVERTER not in sys.modules
if _withheld:
    sys.modules[_CONVERTER] = None  # type: ignore[assignment]
try:
    import openvino
    from openvino import opset13 as graph
finally:
    if _withheld:
        del sys.modules[_CONVERTER]

MASKED = -1.0e4

Hidden = NDArray[np.float32]
"""Shape (tokens, width)."""

LENGTH_STEP, TOKENS_STEP = 16, 64
"""The longest row and the tokens of all are padded to multiples: each new shape costs the runtime some preparation."""


class EncoderNetwork:
    """A BERT encoder, compiled for this processor.

    `tensors` are named as `index.bert.published_tensors` has them; `padding` is the token that fills
    short rows. It can be used from several threads: with `many`, from `streams` of them at once for as much as
    the processor can do, else from one for its soonest answer. Raises `KeyError` for a tensor that is missing.
    """

    def __init__(self, shape: EncoderShape, tensors: Tensors, padding: int, *, many: bool = False) -> None:
        self._padding = padding
        # The graph only points to these numbers; they have to live as long as it does.
        self._tensors = tensors
        # A thread that is pinned to a core waits for whatever else runs there.
        settings = {"PERFORMANCE_HINT": "THROUGHPUT" if many else "LATENCY", "ENABLE_CPU_PINNING": False}
        self._compiled = openvino.Core().compile_model(_encoder(shape, tensors), "CPU", settings)
        self._requests = threading.local()
        self.streams = int(self._compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"))

    def hidden(self, rows: Sequence[NDArray[np.int32]], second_from: Sequence[int] | None = None) -> list[Hidden]:
        """The last hidden states of each of some rows of token numbers.

        `second_from` says, a row, from which token on the second text of a pair begins; left out, there is none.
        """
        ends = np.cumsum([len(row) for row in rows])
        total, longest = _padded(int(ends[-1]), TOKENS_STEP), _padded(max(len(row) for row in rows), LENGTH_STEP)
        numbers = np.full(total, self._padding, dtype=np.int32)
        kinds, places, cells = (np.zeros(total, dtype=np.int32) for _ in range(3))
        tokens = np.zeros((len(rows), longest), dtype=np.int32)
        mask = np.full((len(rows), 1, 1, longest), MASKED, dtype=np.float32)
        for number, (row, end) in enumerate(zip(rows, ends, strict=True)):
            size, own = len(row), slice(end - len(row), end)
            numbers[own], places[own] = row, np.arange(size)
            tokens[number, :size] = np.arange(own.start, end)
            cells[own] = number * longest + places[own]
            mask[number, ..., :size] = 0
            if second_from is not None:
                kinds[own.start + second_from[number] : end] = 1
        hidden: Hidden = self._request().infer([numbers, kinds, places, tokens, cells, mask], share_inputs=True)[0]
        return np.split(hidden[: ends[-1]], ends[:-1])

    def _request(self) -> openvino.InferRequest:
        request: openvino.InferRequest | None = getattr(self._requests, "one", None)
        if request is None:
            request = self._requests.one = self._compiled.create_infer_request()
        return request


def _padded(size: int, step: int) -> int:
    return -(-size // step) * step


def _encoder(shape: EncoderShape, tensors: Tensors) -> openvino.Model:
    """The encoder as a graph (Devlin et al., 2019), normalised after each sum.

    The tokens of all rows stand one after another, so that nothing is computed of padding; for attention only they
    are laid out by rows: `tokens` says which of them is in each cell of the layout, `cells` where each of them is.
    """
    numbers, kinds, places = (graph.parameter([-1], np.int32, name) for name in ("numbers", "kinds", "places"))
    tokens, cells = graph.parameter([-1, -1], np.int32, "tokens"), graph.parameter([-1], np.int32, "cells")
    mask = graph.parameter([-1, 1, 1, -1], np.float32, "mask")

    def embedded(name: str, keys: openvino.Node) -> openvino.Node:
        return _chosen(_shared(tensors[f"{name}_embeddings.weight"]), keys)

    hidden = graph.add(graph.add(embedded("word", numbers), embedded("kind", kinds)), embedded("position", places))
    hidden = _normed(hidden, tensors, "embedding_norm", shape)
    for layer in range(shape.layers):
        hidden = _layer(hidden, (tokens, cells, mask), tensors, f"layers.{layer}.", shape)
    return openvino.Model([graph.result(hidden)], [numbers, kinds, places, tokens, cells, mask], "encoder")


def _layer(
    hidden: openvino.Node, layout: tuple[openvino.Node, ...], tensors: Tensors, name: str, shape: EncoderShape
) -> openvino.Node:
    tokens, cells, mask = layout
    weight, bias = tensors[f"{name}query_key_value.weight"], tensors[f"{name}query_key_value.bias"]
    heads = _whole([0, 0, shape.heads, shape.width // shape.heads])
    parts = []
    for start in range(0, 3 * shape.width, shape.width):
        some = slice(start, start + shape.width)
        part = graph.reshape(_chosen(_linear(hidden, weight[some], bias[some]), tokens), heads, special_zero=True)
        parts.append(graph.transpose(part, _whole([0, 2, 1, 3])))
    mixed = graph.transpose(graph.scaled_dot_product_attention(*parts, mask), _whole([0, 2, 1, 3]))
    mixed = _chosen(graph.reshape(mixed, _whole([-1, shape.width]), special_zero=False), cells)

    def linear(value: openvino.Node, part: str) -> openvino.Node:
        return _linear(value, tensors[f"{name}{part}.weight"], tensors[f"{name}{part}.bias"])

    hidden = _normed(graph.add(hidden, linear(mixed, "attention_output")), tensors, f"{name}attention_norm", shape)
    inner = graph.gelu(linear(hidden, "inner"), "erf")
    return _normed(graph.add(hidden, linear(inner, "outer")), tensors, f"{name}output_norm", shape)


def _chosen(values: openvino.Node, rows: openvino.Node) -> openvino.Node:
    return graph.gather(values, rows, _whole([0]))


def _linear(value: openvino.Node, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> openvino.Node:
    product = graph.matmul(value, _shared(weight), transpose_a=False, transpose_b=True)
    return graph.add(product, _shared(bias))


def _normed(value: openvino.Node, tensors: Tensors, name: str, shape: EncoderShape) -> openvino.Node:
    normed = graph.mvn(value, _whole([-1]), normalize_variance=True, eps=shape.epsilon, eps_mode="inside_sqrt")
    scaled = graph.multiply(normed, _shared(tensors[f"{name}.weight"]))
    return graph.add(scaled, _shared(tensors[f"{name}.bias"]))


def _shared(numbers: NDArray[np.float32]) -> openvino.Node:
    """A constant that is not copied: copying took most of the loading."""
    return openvino.op.Constant(numbers, shared_memory=True)


def _whole(numbers: list[int]) -> openvino.Node:
    return openvino.op.Constant(np.array(numbers, dtype=np.int64))
