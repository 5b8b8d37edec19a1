"""The steps of an evaluation, one file each: pure functions on arrays (计算步骤)."""
