"""Where is computed, and with how many bits."""

import torch


def best_device() -> torch.device:
    """A GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def mixed_precision(device: torch.device) -> torch.autocast:
    """Matrix products in bfloat16, weights and sums in float32."""
    return torch.autocast(device.type, dtype=torch.bfloat16)
