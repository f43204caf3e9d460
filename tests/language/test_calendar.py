"""Weekdays and months as announcements write them: in every lexicon's language, in the case after "on"."""

from datetime import date

import pytest

from monitor.language import find_dates, tokenise

FRIDAY = date(2032, 7, 16)
# Monday to Sunday, each the last one before the anchor
WEEKDAYS = {
    "uk": "у понеділок|у вівторок|у середу|у четвер|у п’ятницю|у суботу|у неділю",
    "ru": "в понедельник|во вторник|в среду|в четверг|в пятницу|в субботу|в воскресенье",
    "be": "у панядзелак|у аўторак|у сераду|у чацвер|у пятніцу|у суботу|у нядзелю",
    "pl": "w poniedziałek|we wtorek|w środę|w czwartek|w piątek|w sobotę|w niedzielę",
    "cs": "v pondělí|v úterý|ve středu|ve čtvrtek|v pátek|v sobotu|v neděli",
    "sk": "v pondelok|v utorok|v stredu|vo štvrtok|v piatok|v sobotu|v nedeľu",
    "sl": "v ponedeljek|v torek|v sredo|v četrtek|v petek|v soboto|v nedeljo",
    "hr": "u ponedjeljak|u utorak|u srijedu|u četvrtak|u petak|u subotu|u nedjelju",
    "sr": "у понедељак|у уторак|у среду|у четвртак|у петак|у суботу|у недељу",
    "bg": "в понеделник|във вторник|в сряда|в четвъртък|в петък|в събота|в неделя",
    "mk": "во понеделник|во вторник|во среда|во четврток|во петок|во сабота|во недела",
    "de": "am Montag|am Dienstag|am Mittwoch|am Donnerstag|am Freitag|am Samstag|am Sonntag",
    "nl": "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag",
    "da": "mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag",
    "nb": "mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag",
    "sv": "i måndags|på tisdagen|på onsdagen|i torsdags|på fredagen|i lördags|på söndagen",
    "fi": "maanantaina|tiistaina|keskiviikkona|torstaina|perjantaina|lauantaina|sunnuntaina",
    "et": "esmaspäeval|teisipäeval|kolmapäeval|neljapäeval|reedel|laupäeval|pühapäeval",
    "lv": "pirmdien|otrdien|trešdien|ceturtdien|piektdien|sestdien|svētdien",
    "lt": "pirmadienį|antradienį|trečiadienį|ketvirtadienį|penktadienį|šeštadienį|sekmadienį",
    "el": "τη Δευτέρα|την Τρίτη|την Τετάρτη|την Πέμπτη|την Παρασκευή|το Σάββατο|την Κυριακή",
    "hu": "hétfőn|kedden|szerdán|csütörtökön|pénteken|szombaton|vasárnap",
    "tr": "pazartesi günü|salı günü|çarşamba günü|perşembe günü|cuma günü|cumartesi günü|pazar günü",
    "az": "bazar ertəsi|çərşənbə axşamı|çərşənbə|cümə axşamı|cümə|şənbə|bazar",
    "sq": "të hënën|të martën|të mërkurën|të enjten|të premten|të shtunën|të dielën",
    "is": "á mánudag|á þriðjudag|á miðvikudag|á fimmtudag|á föstudag|á laugardag|á sunnudag",
    "ka": "ორშაბათს|სამშაბათს|ოთხშაბათს|ხუთშაბათს|პარასკევს|შაბათს|კვირას",
    "ko": "월요일|화요일|수요일|목요일|금요일|토요일|일요일",
    "zh": "星期一|周二|星期三|周四|星期五|周六|星期日",
    "ja": "月曜日|火曜日|水曜日|木曜日|金曜日|土曜日|日曜日",
    "ar": "الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد",
    "ro": "luni|marți|miercuri|joi|vineri|sâmbătă|duminică",
    "it": "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica",
    "es": "el lunes|el martes|el miércoles|el jueves|el viernes|el sábado|el domingo",
    "pt": "segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado|domingo",
    "fr": "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    "en": "on Monday|on Tuesday|on Wednesday|on Thursday|on Friday|on Saturday|on Sunday",
}
DAYS = ["2032-07-12", "2032-07-13", "2032-07-14", "2032-07-15", "2032-07-16", "2032-07-10", "2032-07-11"]
# the thirteenth of each month
MONTHS = {
    "uk": (
        "13 січня|13 лютого|13 березня|13 квітня|13 травня|13 червня|"
        "13 липня|13 серпня|13 вересня|13 жовтня|13 листопада|13 грудня"
    ),
    "ru": (
        "13 января|13 февраля|13 марта|13 апреля|13 мая|13 июня|"
        "13 июля|13 августа|13 сентября|13 октября|13 ноября|13 декабря"
    ),
    "be": (
        "13 студзеня|13 лютага|13 сакавіка|13 красавіка|13 мая|13 чэрвеня|"
        "13 ліпеня|13 жніўня|13 верасня|13 кастрычніка|13 лістапада|13 снежня"
    ),
    "pl": (
        "13 stycznia|13 lutego|13 marca|13 kwietnia|13 maja|13 czerwca|"
        "13 lipca|13 sierpnia|13 września|13 października|13 listopada|13 grudnia"
    ),
    "cs": (
        "13. ledna|13. února|13. března|13. dubna|13. května|13. června|"
        "13. července|13. srpna|13. září|13. října|13. listopadu|13. prosince"
    ),
    "sk": (
        "13. januára|13. februára|13. marca|13. apríla|13. mája|13. júna|"
        "13. júla|13. augusta|13. septembra|13. októbra|13. novembra|13. decembra"
    ),
    "sl": (
        "13. januarja|13. februarja|13. marca|13. aprila|13. maja|13. junija|"
        "13. julija|13. avgusta|13. septembra|13. oktobra|13. novembra|13. decembra"
    ),
    "hr": (
        "13. siječnja|13. veljače|13. ožujka|13. travnja|13. svibnja|13. lipnja|"
        "13. srpnja|13. kolovoza|13. rujna|13. listopada|13. studenoga|13. prosinca"
    ),
    "sr": (
        "13. јануара|13. фебруара|13. марта|13. априла|13. маја|13. јуна|"
        "13. јула|13. августа|13. септембра|13. октобра|13. новембра|13. децембра"
    ),
    "bg": (
        "13 януари|13 февруари|13 март|13 април|13 май|13 юни|"
        "13 юли|13 август|13 септември|13 октомври|13 ноември|13 декември"
    ),
    "mk": (
        "13 јануари|13 февруари|13 март|13 април|13 мај|13 јуни|"
        "13 јули|13 август|13 септември|13 октомври|13 ноември|13 декември"
    ),
    "fi": (
        "13. tammikuuta|13. helmikuuta|13. maaliskuuta|13. huhtikuuta|13. toukokuuta|13. kesäkuuta|"
        "13. heinäkuuta|13. elokuuta|13. syyskuuta|13. lokakuuta|13. marraskuuta|13. joulukuuta"
    ),
    "et": (
        "13. jaanuaril|13. veebruaril|13. märtsil|13. aprillil|13. mail|13. juunil|"
        "13. juulil|13. augustil|13. septembril|13. oktoobril|13. novembril|13. detsembril"
    ),
    "lv": (
        "13. janvārī|13. februārī|13. martā|13. aprīlī|13. maijā|13. jūnijā|"
        "13. jūlijā|13. augustā|13. septembrī|13. oktobrī|13. novembrī|13. decembrī"
    ),
    "lt": (
        "sausio 13 d.|vasario 13 d.|kovo 13 d.|balandžio 13 d.|gegužės 13 d.|birželio 13 d.|"
        "liepos 13 d.|rugpjūčio 13 d.|rugsėjo 13 d.|spalio 13 d.|lapkričio 13 d.|gruodžio 13 d."
    ),
    "el": (
        "13 Ιανουαρίου|13 Φεβρουαρίου|13 Μαρτίου|13 Απριλίου|13 Μαΐου|13 Ιουνίου|"
        "13 Ιουλίου|13 Αυγούστου|13 Σεπτεμβρίου|13 Οκτωβρίου|13 Νοεμβρίου|13 Δεκεμβρίου"
    ),
    "hu": (
        "január 13-án|február 13-án|március 13-án|április 13-án|május 13-án|június 13-án|"
        "július 13-án|augusztus 13-án|szeptember 13-án|október 13-án|november 13-án|december 13-án"
    ),
    "tr": (
        "13 Ocak|13 Şubat|13 Mart|13 Nisan|13 Mayıs|13 Haziran|"
        "13 Temmuz|13 Ağustos|13 Eylül|13 Ekim|13 Kasım|13 Aralık"
    ),
    "sq": (
        "13 janar|13 shkurt|13 mars|13 prill|13 maj|13 qershor|"
        "13 korrik|13 gusht|13 shtator|13 tetor|13 nëntor|13 dhjetor"
    ),
    "is": (
        "13. janúar|13. febrúar|13. mars|13. apríl|13. maí|13. júní|"
        "13. júlí|13. ágúst|13. september|13. október|13. nóvember|13. desember"
    ),
    "ka": (
        "13 იანვარს|13 თებერვალს|13 მარტს|13 აპრილს|13 მაისს|13 ივნისს|"
        "13 ივლისს|13 აგვისტოს|13 სექტემბერს|13 ოქტომბერს|13 ნოემბერს|13 დეკემბერს"
    ),
    "az": (
        "13 yanvar|13 fevral|13 mart|13 aprel|13 may|13 iyun|"
        "13 iyul|13 avqust|13 sentyabr|13 oktyabr|13 noyabr|13 dekabr"
    ),
    "ar": (
        "13 يناير|13 فبراير|13 مارس|13 أبريل|13 مايو|13 يونيو|"
        "13 يوليو|13 أغسطس|13 سبتمبر|13 أكتوبر|13 نوفمبر|13 ديسمبر"
    ),
}


@pytest.mark.parametrize("lang", WEEKDAYS)
def test_weekdays(lang) -> None:
    """ "On Tuesday" is the commonest date of an announcement."""
    cut = (lambda run: [1] * len(run)) if lang in {"ja", "zh"} else None
    found = [find_dates(tokenise(words, cut), lang, FRIDAY) for words in WEEKDAYS[lang].split("|")]
    assert [[mention.date.iso for mention in mentions] for mentions in found] == [[day] for day in DAYS]


@pytest.mark.parametrize("lang", MONTHS)
def test_months(lang) -> None:
    """A month that is not read leaves the agreement with the day of publication."""
    words = [
        f"{day} 2031" if lang != "lt" and lang != "hu" else f"2031 {day}" for day in MONTHS[lang].split("|")
    ]
    found = [find_dates(tokenise(each), lang, None) for each in words]
    assert [[mention.date.iso for mention in mentions] for mentions in found] == [
        [f"2031-{month:02d}-13"] for month in range(1, 13)
    ]
