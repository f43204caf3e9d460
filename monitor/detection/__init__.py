"""Document -> Findings: what a document says of agreements, quoted and explained. Pure."""

from monitor.detection.detector import Detection, Detector, LexiconSource, Mentioned
from monitor.detection.lexicon import Lexicon, parse_lexicon

__all__ = ["Detection", "Detector", "Lexicon", "LexiconSource", "Mentioned", "parse_lexicon"]
