"""Pure learning: frames in, frames out."""
