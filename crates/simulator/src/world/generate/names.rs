//! What people, places and things are called.

pub(super) const FIRST: [(&str, &str); 24] = [
    ("aiko", "愛子"),
    ("bjorn", "Björn"),
    ("chidi", "Chidi"),
    ("dorota", "Dorota"),
    ("elodie", "Élodie"),
    ("farid", "فريد"),
    ("goksu", "Göksu"),
    ("hiro", "ひろ"),
    ("ingrid", "Ingrid"),
    ("joao", "João"),
    ("kamala", "कमला"),
    ("lea", "Léa"),
    ("maria", "Мария"),
    ("nour", "نور"),
    ("xiaoming", "小明"),
    ("zoe", "Zoë"),
    ("minji", "민지"),
    ("thanh", "Thành"),
    ("yael", "יעל"),
    ("siobhan", "Siobhán"),
    ("tomas", "Tomáš"),
    ("eleni", "Ελένη"),
    ("somchai", "สมชาย"),
    ("noa", "𝓝𝓸𝓪"),
];

pub(super) const SECOND: [&str; 12] = [
    "otter", "pixel", "comet", "fern", "quartz", "noodle", "raven", "tofu", "maple", "bit", "moss",
    "wave",
];

pub(super) const ORNAMENTS: [&str; 8] = ["", "", "", "", " 🌊", " ✨", " | she/her", " 👩‍💻"];

pub(super) const PLACES: [&str; 12] = [
    "harbour",
    "observatory",
    "garden",
    "workshop",
    "café",
    "archive",
    "théâtre",
    "市場",
    "Лаборатория",
    "cantina 🌮",
    "도서관",
    "greenhouse",
];

/// Text channels that a guild may have beside `general`.
pub(super) const TOPICS: [&str; 10] = [
    "off-topic",
    "音楽",
    "pets",
    "dev",
    "memes",
    "gaming",
    "books",
    "введение",
    "fotografía",
    "🎉-events",
];

pub(super) const THREADS: [&str; 6] = [
    "which tea?",
    "meetup in June",
    "release 2.0 🚀",
    "как начать",
    "pictures of cats",
    "weekly quiz",
];

pub(super) const QUESTIONS: [&str; 6] = [
    "It does not start",
    "How do I get a role?",
    "[solved] no sound",
    "無法登入",
    "Feature request: dark mode",
    "Where are the docs?",
];

pub(super) const TAGS: [&str; 4] = ["question", "bug", "solved", "idea"];

pub(super) const EMOJIS: [&str; 12] = [
    "blob_wave",
    "party_parrot",
    "this_is_fine",
    "heart_rust",
    "pepe_think",
    "catjam",
    "nope",
    "shipit",
    "facepalm",
    "uwu",
    "gg",
    "tea",
];

pub(super) const GAMES: [&str; 8] = [
    "Chess",
    "Factorio",
    "Stardew Valley",
    "原神",
    "Minecraft",
    "Dwarf Fortress",
    "Тетрис",
    "Old School RuneScape",
];

pub(super) const BOTS: [&str; 4] = ["Melody", "WelcomeMat", "StarKeeper", "Gatekeeper"];
