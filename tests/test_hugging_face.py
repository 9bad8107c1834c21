"""Readers of Hugging Face's form: the same scores as their own library gives, and clear refusals."""

from pathlib import Path

import numpy as np
import pytest
import torch
from test_reader import hits_of
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import (
    AutoModelForQuestionAnswering,
    BertConfig,
    BertForQuestionAnswering,
    BertModel,
    BertTokenizerFast,
    MPNetConfig,
    MPNetForQuestionAnswering,
    PreTrainedTokenizerFast,
    RobertaConfig,
    RobertaForQuestionAnswering,
)

from bot.reader.hugging_face import load_question_answering_model
from bot.reader.trained import TrainedReader
from corpus.errors import ModelError
from index.embedding import bundled_folder

TINY = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64}
NAMES = {"bos_token": "<s>", "cls_token": "<s>", "eos_token": "</s>", "sep_token": "</s>", "pad_token": "<pad>"}
QUESTION, PASSAGE = "Who opened the bridge?", "Ada Lindqvist opened the bridge over the Vell on Tuesday."


def bert(folder: Path, kind: type[BertForQuestionAnswering] | type[BertModel] = BertForQuestionAnswering) -> Path:
    torch.manual_seed(1)
    kind(BertConfig(**TINY)).save_pretrained(folder)
    BertTokenizerFast(tokenizer_file=str(bundled_folder() / "tokenizer.json")).save_pretrained(folder)
    return folder


def roberta(folder: Path) -> Path:
    torch.manual_seed(1)
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    vocabulary = {token: number for number, token in enumerate(special + sorted(pre_tokenizers.ByteLevel.alphabet()))}
    tokeniser = Tokenizer(models.BPE(vocabulary, [], unk_token="<unk>"))  # noqa: S106 - a token, no password
    tokeniser.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokeniser.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    RobertaForQuestionAnswering(
        RobertaConfig(vocab_size=len(vocabulary), max_position_embeddings=130, pad_token_id=1, **TINY)
    ).save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=tokeniser, model_max_length=128, model_input_names=["input_ids", "attention_mask"], **NAMES
    ).save_pretrained(folder)
    return folder


def mpnet(folder: Path) -> Path:
    """Of the form of all-mpnet-base-v2, which taught the bundled reader."""
    torch.manual_seed(1)
    special = ["<s>", "<pad>", "</s>", "[UNK]"]
    words = sorted({*QUESTION.lower().replace("?", " ?").split(), *PASSAGE.lower().replace(".", " .").split()})
    vocabulary = {token: number for number, token in enumerate([*special, *words, "<mask>"])}
    tokeniser = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - a token, no password
    tokeniser.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokeniser.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokeniser.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    MPNetForQuestionAnswering(
        MPNetConfig(vocab_size=len(vocabulary), max_position_embeddings=130, **TINY)
    ).save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=tokeniser, model_max_length=128, model_input_names=["input_ids", "attention_mask"], **NAMES
    ).save_pretrained(folder)
    return folder


@pytest.mark.parametrize("make", [bert, roberta, mpnet])
def test_scores_are_those_of_its_own_library(tmp_path: Path, make: object) -> None:
    folder = make(tmp_path)  # type: ignore[operator]
    from transformers import AutoTokenizer

    given = AutoTokenizer.from_pretrained(folder)(QUESTION, PASSAGE, return_tensors="pt")
    with torch.inference_mode():
        theirs = AutoModelForQuestionAnswering.from_pretrained(folder)(**given)
    null = float(theirs.start_logits[0, 0] + theirs.end_logits[0, 0])

    reader = load_question_answering_model(str(folder))
    (reading,) = reader.read(QUESTION, [PASSAGE])
    assert reading.null_score == pytest.approx(null, abs=0.02)
    ids = given["input_ids"][0].tolist()
    passage_from = len(ids) - len(reader._windower.tokeniser.tokens([PASSAGE])[0]) - 1
    starts, ends = theirs.start_logits[0, passage_from:-1].numpy(), theirs.end_logits[0, passage_from:-1].numpy()
    spans = [(a, b) for a in range(len(starts)) for b in range(a, min(a + 30, len(ends)))]
    best = max(starts[a] + ends[b] for a, b in spans)
    assert np.isclose(reading.spans[0].score, best, atol=0.02)
    assert reading.nothing == pytest.approx(null - best, abs=0.04)


@pytest.mark.parametrize("make", [bert, roberta, mpnet])
def test_it_reads_long_passages_and_answers_from_sentences(tmp_path: Path, make: object) -> None:
    text = "The bridge over the Vell is old. Ada Lindqvist opened it again on Tuesday, with 400 guests. " * 12
    candidates = TrainedReader(make(tmp_path)).read(QUESTION, hits_of(text))  # type: ignore[operator]
    assert candidates
    assert all(0 < each.confidence < 1 for each in candidates)
    assert all(each.answer_text in text[each.start : each.end] for each in candidates)


def test_a_model_that_never_learned_to_answer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"has not learned to answer questions \(qa_outputs.bias"):
        TrainedReader(bert(tmp_path, BertModel)).read(QUESTION, hits_of(PASSAGE))


def test_a_name_that_cannot_be_found_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="The reader 'nobody/no-such-model' cannot be loaded"):
        TrainedReader("nobody/no-such-model").read(QUESTION, hits_of(PASSAGE))


def test_a_folder_that_is_not_there_is_not_looked_for_on_a_hub(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="No such file"):
        TrainedReader(tmp_path / "none").read(QUESTION, hits_of(PASSAGE))
