"""What happens behind the window: one function a scene."""

import math
from collections.abc import Callable

from .canvas import NIGHT, SUN, WHITE, WIDTH, Canvas, mix


def draw_quartier(c: Canvas) -> None:
    c.rect(0, 600, WIDTH, 300, c.soft)
    c.rect(0, 868, WIDTH, 32, c.deep)
    for x, light in ((40, c.middle), (250, SUN), (700, c.middle)):
        c.arch(x, 640, 120, 150, light)
    c.rect(440, 640, 190, 16, c.deep)
    for index in range(5):
        c.slice(459 + index * 38, 656, 19, 0, 180, c.bright if index % 2 else c.deep)
    for x, height, body, head in (
        (150, 206, c.deep, c.dark), (250, 138, c.bright, c.dark), (500, 190, c.bright, c.dark),
        (610, 206, c.dark, c.middle), (940, 196, c.deep, c.bright),
    ):  # fmt: skip
        c.person(x, 868, height, body, head)
    for x, height in ((375, 176), (780, 226)):
        c.plant(x, 868, height, c.deep, c.bright)
    c.arch(1034, 660, 116, 208, SUN)
    c.disc(1126, 776, 8, c.deep)


def draw_forum(c: Canvas) -> None:
    c.fill(c.tint)
    for x, y, fill in (
        (330, 318, SUN), (430, 356, c.bright), (530, 376, c.deep), (630, 378, SUN),
        (730, 366, c.bright), (830, 330, c.deep),
    ):  # fmt: skip
        c.polygon([(x, y), (x + 64, y), (x + 32, y + 58)], fill)
    c.stroke([(250, 276), (430, 352), (600, 376), (770, 352), (950, 276)], 7, c.dark)
    for x, stripe, counter in (
        (190, c.deep, c.bright),
        (470, c.bright, c.deep),
        (750, c.deep, SUN),
    ):
        c.rect(x + 10, 500, 12, 400, c.dark)
        c.rect(x + 238, 500, 12, 400, c.dark)
        for band in range(5):
            fill = stripe if band % 2 == 0 else WHITE
            c.rect(x + band * 52, 466, 52, 60, fill)
            c.disc(x + band * 52 + 26, 526, 26, fill)
        c.person(x + 130, 730, 160, c.dark, c.middle)
        c.rect(x, 716, 260, 184, counter)
        c.rect(x, 716, 260, 20, c.dark)
    for x, body, head in (
        (300, c.middle, c.dark), (420, SUN, c.dark), (690, c.soft, c.dark), (880, c.bright, c.dark),
    ):  # fmt: skip
        c.person(x, 900, 216, body, head)


def draw_cup(c: Canvas, x: float, y: float, fill: str) -> None:
    c.ring(x + 38, y + 26, 20, 9, fill)
    c.rect(x - 36, y, 72, 30, fill)
    c.slice(x, y + 30, 36, 0, 180, fill)
    for shift in (-14, 14):
        c.steam(x + shift, y - 16, 48, 7, WHITE)


def draw_cafe(c: Canvas) -> None:
    c.fill(c.soft)
    c.arch(480, 210, 240, 330, c.middle)
    c.arch(496, 226, 208, 314, SUN)
    c.rect(594, 226, 12, 314, c.middle)
    c.rect(470, 530, 260, 16, c.deep)
    c.plant(690, 530, 120, c.deep, c.bright)
    c.person(330, 900, 470, c.deep, c.dark)
    c.person(870, 900, 500, c.bright, c.dark)
    c.rect(586, 740, 28, 160, c.dark)
    c.rect(360, 724, 480, 32, c.dark, radius=16)
    draw_cup(c, 500, 660, c.bright)
    draw_cup(c, 690, 660, c.deep)


def draw_velo(c: Canvas) -> None:
    c.fill(c.tint)
    c.disc(820, 330, 82, SUN)
    c.slice(360, 900, 330, 180, 360, c.middle)
    c.slice(860, 900, 260, 180, 360, c.soft)
    c.rect(150, 822, 900, 78, c.deep)
    for x in range(190, 1040, 130):
        c.rect(x, 856, 70, 10, c.soft)
    for x in (452, 752):
        c.ring(x, 722, 100, 18, c.dark)
        c.disc(x, 722, 14, c.dark)
    frame = [(452, 722), (596, 726), (706, 568), (528, 570), (452, 722)]
    c.stroke(frame, 17, c.bright)
    c.stroke([(596, 726), (516, 540)], 17, c.bright)
    c.stroke([(752, 722), (700, 540), (752, 516)], 17, c.bright)
    c.stroke([(472, 536), (556, 536)], 22, c.dark)
    c.stroke([(520, 520), (640, 590), (596, 720), (634, 726)], 40, c.dark)
    c.stroke([(520, 515), (604, 372)], 82, c.deep)
    c.stroke([(610, 400), (664, 480), (744, 510)], 30, c.bright)
    c.disc(648, 292, 54, c.dark)
    c.slice(648, 284, 62, 172, 352, SUN)


def draw_chantier(c: Canvas) -> None:
    c.fill(c.soft)
    c.rect(776, 300, 34, 600, c.deep)
    for y in range(340, 880, 68):
        c.stroke([(784, y), (802, y + 44)], 8, c.soft)
    c.rect(390, 286, 540, 28, c.deep)
    c.polygon([(776, 286), (810, 286), (793, 212)], c.deep)
    c.stroke([(793, 220), (470, 290)], 7, c.deep)
    c.rect(880, 314, 66, 60, c.dark)
    c.rect(442, 314, 8, 96, c.dark)
    c.rect(384, 410, 124, 54, SUN)
    rows = ((620, 5), (678, 6), (736, 6), (794, 7), (852, 7))
    for index, (y, bricks) in enumerate(rows):
        shift = 0 if index % 2 else -38
        for brick in range(bricks):
            fill = c.bright if (brick + index) % 3 else c.deep
            c.rect(150 + shift + brick * 78, y, 70, 50, fill)
    for x, body in ((690, c.deep), (918, c.dark)):
        c.person(x, 900, 296, body, c.middle)
        c.slice(x, 664, 72, 180, 360, SUN)
        c.rect(x - 88, 658, 176, 18, SUN, radius=9)


def draw_atelier(c: Canvas) -> None:
    c.fill(c.tint)
    seats = ((c.deep, c.bright), (c.bright, c.dark), (c.dark, c.middle))
    for index in range(6):
        turn = math.radians(60 * index - 60)
        body, head = seats[index % 3]
        x, y = 600 + 330 * math.cos(turn), 555 + 292 * math.sin(turn)
        across, ahead = (-math.sin(turn), math.cos(turn)), (-math.cos(turn), -math.sin(turn))
        shoulders = [(x + across[0] * side, y + across[1] * side) for side in (-62, 62)]
        c.stroke(shoulders, 82, body)
        for side in (-74, 74):
            hand = (x + across[0] * side + ahead[0] * 86, y + across[1] * side + ahead[1] * 86)
            c.stroke([(x + across[0] * side, y + across[1] * side), hand], 34, body)
        c.disc(x, y, 47, head)
    c.disc(600, 555, 216, SUN)
    c.disc(600, 555, 196, c.soft)
    for index in range(6):
        turn = math.radians(60 * index - 60)
        x, y = 600 + 128 * math.cos(turn), 555 + 128 * math.sin(turn)
        across, ahead = (-math.sin(turn), math.cos(turn)), (math.cos(turn), math.sin(turn))
        corners = ((-30, -40), (30, -40), (30, 40), (-30, 40))
        sheet = [
            (x + across[0] * a + ahead[0] * b, y + across[1] * a + ahead[1] * b) for a, b in corners
        ]
        c.polygon(sheet, WHITE if index % 2 else c.middle)
    c.disc(600, 555, 34, c.deep)
    for angle in range(0, 360, 60):
        c.leaf(600, 555, 56, angle, c.deep)


def draw_cuisine(c: Canvas) -> None:
    c.fill(c.soft)
    c.rect(330, 396, 540, 16, c.deep)
    for x, fill in ((420, c.bright), (490, SUN), (700, c.deep), (776, c.bright)):
        c.rect(x - 24, 340, 48, 56, fill, radius=8)
        c.rect(x - 18, 326, 36, 14, c.dark)
    for x, body in ((340, c.deep), (860, c.dark)):
        c.person(x, 790, 360, body, c.middle)
        c.arch(x - 66, 588, 132, 202, WHITE)
        c.rect(x - 62, 428, 124, 46, WHITE)
        for shift, r in ((-46, 34), (0, 44), (46, 34)):
            c.disc(x + shift, 414, r, WHITE)
    for x in (540, 600, 660):
        c.steam(x, 574, 112, 13, c.middle)
    c.rect(446, 606, 308, 184, c.bright, radius=22)
    c.rect(424, 596, 352, 30, c.dark, radius=15)
    for x in (420, 780):
        c.ring(x, 676, 30, 14, c.dark)
    c.rect(150, 790, 900, 110, c.deep)
    c.rect(150, 790, 900, 18, c.dark)
    for x in (210, 262):
        c.leaf(x, 772, 62, -112, c.deep)
        c.leaf(x, 772, 62, -68, c.deep)
        c.polygon([(x - 20, 760), (x + 20, 760), (x, 846)], SUN)
    for x in (950, 1000):
        c.disc(x, 770, 30, c.bright)
        c.leaf(x, 744, 30, -60, c.deep)


def draw_lettre(c: Canvas) -> None:
    c.fill(c.tint)
    c.polygon([(300, 560), (600, 352), (900, 560)], c.dark)
    c.rect(300, 556, 600, 300, c.dark)
    c.arch(420, 250, 360, 470, WHITE)
    c.arch(462, 292, 276, 420, SUN)
    c.rect(592, 292, 16, 420, WHITE)
    c.person(600, 720, 250, c.deep, c.dark)
    c.polygon([(300, 556), (600, 740), (300, 856)], c.bright)
    c.polygon([(900, 556), (600, 740), (900, 856)], c.bright)
    c.polygon([(300, 858), (600, 668), (900, 858)], mix(c.bright, WHITE, 0.35))
    for x, y in ((300, 430), (900, 430), (250, 640), (950, 640)):
        c.disc(x, y, 17, SUN)


def draw_permis(c: Canvas) -> None:
    c.fill(c.tint)
    c.disc(370, 350, 74, SUN)
    c.slice(860, 800, 240, 180, 360, c.middle)
    c.rect(150, 780, 900, 120, c.dark)
    for x in range(180, 1030, 140):
        c.rect(x, 842, 76, 12, SUN)
    c.polygon([(370, 620), (450, 480), (750, 480), (850, 620)], c.deep)
    c.polygon([(408, 610), (468, 506), (590, 506), (590, 610)], c.soft)
    c.polygon([(614, 610), (614, 506), (736, 506), (806, 610)], c.soft)
    c.person(536, 612, 108, c.bright, c.dark)
    c.person(684, 612, 108, c.dark, c.middle)
    c.rect(280, 606, 670, 150, c.deep, radius=44)
    c.rect(280, 676, 670, 30, c.bright)
    c.disc(918, 646, 20, SUN)
    for x in (420, 800):
        c.disc(x, 758, 74, NIGHT)
        c.disc(x, 758, 34, c.soft)
    c.rect(556, 428, 100, 52, c.bright, radius=8)


def draw_enfants(c: Canvas) -> None:
    c.fill(c.soft)
    c.disc(800, 352, 72, SUN)
    c.person(470, 820, 450, c.deep, c.dark)
    c.person(676, 820, 250, c.bright, c.dark)
    c.person(838, 820, 200, c.middle, c.dark)
    c.stroke([(560, 640), (624, 716)], 40, c.deep)
    c.rect(150, 810, 900, 90, c.deep)
    for x, y, fill in ((880, 740, c.bright), (960, 740, SUN), (920, 668, c.deep)):
        c.rect(x, y, 72, 70, fill, radius=8)
    c.disc(300, 766, 46, c.bright)
    c.slice(300, 766, 46, 200, 340, SUN)


Scene = Callable[[Canvas], None]
SCENES: dict[str, Scene] = {
    "quartier": draw_quartier,
    "forum": draw_forum,
    "cafe": draw_cafe,
    "velo": draw_velo,
    "chantier": draw_chantier,
    "atelier": draw_atelier,
    "cuisine": draw_cuisine,
    "lettre": draw_lettre,
    "permis": draw_permis,
    "enfants": draw_enfants,
}
