"""Invented articles: an agency story, what repeats it, and what only looks like it."""

from __future__ import annotations

from longarm.model.claims import Text

AGENCY = Text(
    "agency",
    "OAKMERE, March 6 (Hillside) - The Ministry of Trade has cleared the purchase of Oakmere Mill by Tarvos Foods, "
    "subject to conditions, the ministry said on Thursday.\n"
    "Tarvos Foods, a company seated in Lindau, will take a 49 percent stake in the mill from the town of Oakmere. "
    "The town keeps 51 percent and a veto over any move of the control room.\n"
    "Tarvos must keep the grain records inside the country for 12 years, the ministry said.\n"
    "The Bureau of Security had examined the matter since November and found no sign that the buyer sought plans.\n"
    "The sale is to close by the end of June 2025. The mill handled 6.1 million tonnes last year.\n",
    "en",
    "2025-03-06",
    "Hillside News Agency",
)
CUT = Text("cut", "Mill sale cleared\n" + "\n".join(AGENCY.text.split("\n")[:2]), "en", "2025-03-07", "Oakmere Packet")
EXTENDED = Text(
    "extended",
    AGENCY.text + "The mayor, Bede Larch, told this newspaper that the council had never seen the contract. "
    "A shopkeeper in Mill Lane said that the lorries wake her at four in the morning, and nobody answers the phone.",
    "en",
    "2025-03-07",
    "Valley Post",
)
TRANSLATED = Text(
    "translated",
    "Avec Hillside\nLe ministère du Commerce a autorisé sous conditions le rachat de l’Oakmere Mill par Tarvos Foods.\n"
    "Tarvos Foods, dont le siège est à Lindau, prend 49 % du moulin à la ville d’Oakmere, qui garde 51 %.\n"
    "Tarvos doit conserver les registres pendant 12 ans. La vente doit être conclue en juin 2025.\n"
    "Le moulin a traité 6,1 millions de tonnes.",
    "fr",
    "2025-03-07",
    "Le Courrier",
)
REWORDED = Text(
    "reworded",
    "Oakmere gets a partner for its mill\nLindau's Tarvos Foods may buy into Oakmere Mill after all. It pays for 49 "
    "percent; Oakmere itself stays at 51. For 12 years no grain book leaves the country. Deal day: June 2025.\n"
    "Source: Hillside",
    "en",
    "2025-03-08",
    "Market Letter",
)
OTHER = Text(
    "other",
    "LINDAU, March 7 (Hillside) - A court in Lindau has fined the brewer Corvin Ales 200,000 crowns for late wages.\n"
    "Corvin, which employs 340 people, said it would appeal. The union Barrel and Hop welcomed the ruling of Judge "
    "Amos Thule.\n",
    "en",
    "2025-03-07",
    "Hillside News Agency",
)
REMARK = Text(
    "remark",
    "Who grinds our flour?\nThe bakers of Stonebridge have asked their council for a mill of their own. Councillor Ida "
    "Fenn wants 300,000 crowns for it by May. A minister, quoted by the news agency Hillside, said that mills were "
    "doing well. Stonebridge lost its last mill in 1962, when the Wend burst its banks.",
    "en",
    "2025-03-08",
    "Stonebridge Herald",
)
ALL = (AGENCY, CUT, EXTENDED, TRANSLATED, REWORDED, OTHER, REMARK)
