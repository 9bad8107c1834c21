"""Exporting: a trained network as the two files that `TrainedReader` reads."""

import json
import os
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import save

from bot.reader.trained import SETTINGS, WEIGHTS, Calibration
from bot.reader.training.network import ReaderNetwork
from bot.reader.training.starting_network import file_sha256, trained_tensors
from bot.reader.windows import Windower


def export_reader(
    folder: Path, network: ReaderNetwork, windower: Windower, encoder: Path, confidence: Calibration
) -> None:
    """Write the reader to a folder, replacing one that is there.

    Only the tensors that differ from the encoder's own are written, in half precision; the encoder is
    known by the SHA-256 of its weights.
    """
    tensors = {name: value.to(torch.float16).contiguous() for name, value in trained_tensors(network).items()}
    settings = {
        "encoder_sha256": file_sha256(encoder / "model.safetensors"),
        "maximum_length": windower.maximum_length,
        "stride": windower.stride,
        "confidence": asdict(confidence),
    }
    _replace(folder / WEIGHTS, save(tensors))
    _replace(folder / SETTINGS, (json.dumps(settings, indent=2) + "\n").encode("utf-8"))


def _replace(file: Path, data: bytes) -> None:
    """Replace a file by `data`, all at once."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    with unfinished.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(file)
