"""Document -> Findings: what a document says of agreements, quoted and explained. Pure."""

from monitor.detection.contract import detect_record, document_of, explain_record
from monitor.detection.detector import Detection, Detector, Mentioned
from monitor.detection.evaluate import Evaluation, Rate, Scored, as_json, evaluate, format_evaluation
from monitor.detection.judge import ASK_FROM, Thresholds
from monitor.detection.lexicon import EVERYWHERE, Lexicon, parse_lexicon
from monitor.detection.naive import naive_sides
from monitor.detection.page import LexiconSource

__all__ = [
    "ASK_FROM",
    "EVERYWHERE",
    "Detection",
    "Detector",
    "Evaluation",
    "Lexicon",
    "LexiconSource",
    "Mentioned",
    "Rate",
    "Scored",
    "Thresholds",
    "as_json",
    "detect_record",
    "document_of",
    "evaluate",
    "explain_record",
    "format_evaluation",
    "naive_sides",
    "parse_lexicon",
]
