"""Which metric of the catalogue is a figure of (指标匹配)?"""

from gaoxin.reading.linking.linker import Link, Linker
from gaoxin.reading.linking.questions import Question

__all__ = ["Link", "Linker", "Question"]
