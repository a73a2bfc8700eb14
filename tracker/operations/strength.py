"""How long a password holds out: an estimate of the guesses that find it, in plain words, made on this computer.

zxcvbn knows the lists of passwords that were stolen elsewhere, keyboards, dates and repetitions, but no Chinese: it
takes laodongzhongcai for four words. So texts are told in pinyin first, and runs of syllables are counted as such.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from tracker import pinyin
from tracker.i18n import N_, _, ngettext

A_SECOND = 20_000
"""So many passwords a graphics card tries, by the rounds that a key takes (`tracker/db/keys.py`); rented ones by the
hundred are the other end, so that what a single one takes years for is not more than strong."""
LONGEST = 64
"""What comes after so many characters is not looked at."""
KNOWN = ("office", "region", "commission", "clerk")
"""Settings whose words whoever guesses would try first."""
A_SYLLABLE = 60
"""Guesses for a syllable (two make one of some thousand common words), and for a word that everybody knows."""
_NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")
WEAK, FAIR, STRONG = N_("weak"), N_("fair"), N_("strong")
_LIMITS = ((1e9, WEAK), (1e12, FAIR))

_PINYIN = """
a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng
cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu
cuan cui cun cuo da dai dan dang dao de den deng di dian diao die ding diu dong dou du duan dui dun duo e ei en
eng er fa fan fang fei fen feng fiao fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan
guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian
jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke ken keng kong kou ku kua kuai kuan
kuang kui kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan
lun luo lv lve ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao
ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nun nuo nv nve o ou pa pai pan pang pao pei
pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran
rang rao re ren reng ri rong rou ru rua ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang
shao she shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai
tan tang tao te teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi
xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan
yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhen zheng zhi zhong zhou zhu zhua
zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo
"""
_WELL_KNOWN = """
anjian baba bangong bangongshi baobei baoxian baozhang beijing chaoyang chunjie dangan danwei erzi facai gonghui
gongzi gongzuo guangzhou guanliyuan guoqing haidian haizi huairou jiancha jiankang jilu juzhang kuaile laodong
laogong laopo laoshi lingdao mama mima nainai nihao nver renmin renshe shanghai shehui shenzhen shujuku taizhang
tingshen weiquan woaini woaizhongguo xinnian xuexi yeye yuangong yuanzhang zhengfu zhongcai zhongguo zhuren
"""
_SYLLABLES, _WORDS = frozenset(_PINYIN.split()), frozenset(_WELL_KNOWN.split())


@dataclass(frozen=True)
class Strength:
    """About how many guesses find a password, and what that means."""

    guesses: float

    @property
    def word(self) -> str:
        """Weak, fair or strong, as a message id."""
        return next((word for limit, word in _LIMITS if self.guesses < limit), STRONG)

    def sentence(self) -> str:
        """The estimate in words."""
        text = _("{word}: someone with the file and one fast computer finds it in {time}.")
        return text.format(word=_(self.word), time=_time(self.guesses / A_SECOND))


def estimate(password: str, known: Iterable[str] = ()) -> Strength:
    """How strong a password is; `known` are names that whoever guesses would try first, such as the office's."""
    names = frozenset(_plain(name) for name in known if name)
    text = _plain(password)[:LONGEST]
    if not text:
        return Strength(1)
    mixed = pinyin.letters(password.translate(_NUMERALS))[:LONGEST]  # with its capitals, which zxcvbn counts
    return Strength(min(_listed(mixed, tuple(sorted(names))), _spoken(text, names)))


def _plain(text: str) -> str:
    return pinyin.letters(text.translate(_NUMERALS)).casefold()


def _listed(text: str, names: tuple[str, ...]) -> float:
    """The guesses that zxcvbn counts."""
    from zxcvbn import zxcvbn  # here: its lists take a tenth of a second to load

    return float(zxcvbn(text, user_inputs=list(names))["guesses"])


def _spoken(text: str, names: frozenset[str]) -> float:
    """The guesses where runs of letters are Chinese in pinyin; what is between them is left to zxcvbn."""
    total = 1.0
    for part in re.findall(r"[a-z]+|[^a-z]+", text):
        units = _units(part, names)
        total *= A_SYLLABLE**units if units else _listed(part, ())
    return total


def _units(run: str, names: frozenset[str]) -> int:
    """Of how few syllables, known words and names a run of letters is made; none where it is no pinyin."""
    known = _SYLLABLES | _WORDS | names
    longest = max(map(len, known))
    best: list[float] = [0.0]
    for end in range(1, len(run) + 1):
        starts = range(max(0, end - longest), end)
        best.append(min((best[at] + 1 for at in starts if run[at:end] in known), default=math.inf))
    return 0 if math.isinf(best[-1]) else int(best[-1])


def _time(seconds: float) -> str:
    """A length of time, as people say it."""
    minute, hour, day, year = 60, 3600, 86_400, 31_557_600
    if seconds < 1:
        return _("less than a second")
    if seconds < minute:
        return _counted(ngettext("{n} second", "{n} seconds", round(seconds)), seconds)
    if seconds < hour:
        return _counted(ngettext("{n} minute", "{n} minutes", round(seconds / minute)), seconds / minute)
    if seconds < day:
        return _counted(ngettext("{n} hour", "{n} hours", round(seconds / hour)), seconds / hour)
    if seconds < year:
        return _counted(ngettext("{n} day", "{n} days", round(seconds / day)), seconds / day)
    if seconds < 1000 * year:
        return _counted(ngettext("{n} year", "{n} years", round(seconds / year)), seconds / year)
    return _("more than a thousand years")


def _counted(text: str, number: float) -> str:
    return text.format(n=f"{round(number):,}")
