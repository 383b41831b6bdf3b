//! How what people have is spread over them.

use std::{fmt, str::FromStr};

use polycord_workload::random::Random;

const NAMES: &[&str] = &[
    "Lena",
    "Mr. Otter",
    "黒鉄",
    "Josh 🚀",
    "Pixel Pirate",
    "さくら",
    "The Real Dan",
    "Nova ✨",
    "Vëx",
    "Иван",
    "Äpfelchen",
    "Tom | EU",
    "한지민",
    "Zoë",
    "𝓖𝓻𝓲𝓶𝓶",
    "XxSNIPERxX",
    "أحمد",
    "Bluejay [AFK]",
];
/// Any two of them are more than 23 bytes, with whatever makes them unique; 32 characters are allowed.
const HALVES: &[&str] = &[
    "桜の木の下で眠る",
    "🌸✨🌙💫🌸",
    "𝓛𝓾𝓷𝓪 𝓢𝓽𝓪𝓻",
    "Александр",
    "عبد الرحمن",
    "고양이집사",
    "ねこまんじゅう",
    "Κωνσταντίνος",
    "꧁༒☬ᴷᴵᴺᴳ☬༒꧂",
    "นักเดินทาง",
    "【公式】見習い",
    "🏳️‍🌈 Robin 🏳️‍🌈",
    "Ｖａｐｏｒ",
    "शिवाजी राजे",
    "ლამაზი ქალაქი",
    "Нина 🎮🎮🎮",
];

/// How many sets of roles there are where they are spread by Zipf's law.
const SETS: usize = 200;
/// How many members of so many have one of the first sets, up to each.
const UP_TO: [u64; SETS] = {
    let mut up_to = [0; SETS];
    let (mut sum, mut set) = (0, 0);
    while set < SETS {
        sum += 1_000_000 / (set as u64 + 1);
        up_to[set] = sum;
        set += 1;
    }
    up_to
};

/// How what people have is spread over them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distribution {
    /// Evenly: a guild has 24 roles in 20 sets, all of which are common. Names are short, 40 % are present.
    Flat,
    /// By Zipf's law: a guild has 40 roles in 200 sets, the n-th of which is had by an n-th of those who have the first.
    /// Names are long, in scripts of two to four bytes a character, and 75 % are present.
    Zipf,
}

impl Distribution {
    pub const ALL: [Self; 2] = [Self::Flat, Self::Zipf];

    /// How many roles a guild has.
    pub(crate) fn roles(self) -> u64 {
        match self {
            Self::Flat => 24,
            Self::Zipf => 40,
        }
    }

    /// The number of a member's set of roles.
    pub(crate) fn role_set(self, random: &mut Random) -> u64 {
        match self {
            Self::Flat => random.below(20).min(random.below(20)),
            Self::Zipf => {
                let member = random.below(UP_TO[SETS - 1]);
                UP_TO.partition_point(|up_to| *up_to <= member) as u64
            }
        }
    }

    /// How far the roles of a set are from each other: no divisor of the roles and @everyone, so that none is there twice.
    pub(crate) fn role_step(self, random: &mut Random) -> u64 {
        match self {
            Self::Flat => 3,
            Self::Zipf => random.pick(&[1, 3, 7, 9, 11, 13]),
        }
    }

    /// How many of a hundred have a presence.
    pub(crate) fn present(self) -> u64 {
        match self {
            Self::Flat => 40,
            Self::Zipf => 75,
        }
    }

    /// What somebody calls themselves.
    pub(crate) fn name(self, random: &mut Random) -> String {
        match self {
            Self::Flat => {
                let name = random.pick(NAMES);
                if random.chance(50) {
                    return name.to_owned();
                }
                format!("{name} {}", random.pick(NAMES))
            }
            Self::Zipf => {
                let name = format!("{} {}", random.pick(HALVES), random.pick(HALVES));
                format!("{name:.29}{:03}", random.below(1_000))
            }
        }
    }

    /// Some words of a message.
    pub(crate) fn words(self, random: &mut Random) -> String {
        match self {
            Self::Flat => random.words(4),
            Self::Zipf => self.name(random),
        }
    }
}

impl fmt::Display for Distribution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Flat => "flat",
            Self::Zipf => "zipf",
        })
    }
}

impl FromStr for Distribution {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let distribution = Self::ALL.into_iter().find(|one| one.to_string() == name);
        distribution.ok_or_else(|| format!("no such distribution: {name}"))
    }
}
