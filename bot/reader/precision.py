"""What the processor computes well, for the libraries that do not ask it themselves."""

from pathlib import Path


def computes_in_bfloat16() -> bool:
    """Whether this processor has instructions for bfloat16, by the flags that Linux gives."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return "amx_bf16" in flags or "avx512_bf16" in flags
