//! Chance from a seed: the same workload in every run and on every machine.

pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number (SplitMix64).
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.number() % end
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let index = self.below(from.len() as u64);
        from[index as usize]
    }

    /// So many characters of a hexadecimal hash.
    pub fn hex(&mut self, len: usize) -> String {
        let mut text = String::new();
        while text.len() < len {
            text += &format!("{:016x}", self.number());
        }
        text.truncate(len);
        text
    }

    /// Some words in a row.
    pub fn words(&mut self, count: u64) -> String {
        const WORDS: &[&str] = &[
            "the",
            "raid",
            "starts",
            "at",
            "nine",
            "who",
            "is",
            "in",
            "lol",
            "yes",
            "honestly",
            "I",
            "think",
            "we",
            "should",
            "move",
            "it",
            "to",
            "tomorrow",
            "café",
            "server",
            "again",
            "anyone",
            "up",
            "for",
            "ranked",
            "nice",
            "one",
            "thanks",
            "größer",
            "please",
            "check",
            "pinned",
            "messages",
            "don't",
            "know",
            "screenshot",
            "update",
            "broke",
            "everything",
        ];
        let words: Vec<_> = (0..count).map(|_| self.pick(WORDS)).collect();
        words.join(" ")
    }
}
