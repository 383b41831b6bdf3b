use std::{error::Error, fmt, str::FromStr};

/// Which part of the guilds a session serves: shard `number` of `total`.
///
/// See [sharding](https://docs.discord.com/developers/events/gateway#sharding).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShardId {
    /// The shard, from zero up to `total` exclusive.
    pub number: u32,
    /// How many shards there are, one at least.
    pub total: u32,
}

impl ShardId {
    /// The only shard of a bot that does not shard.
    pub const ONE: Self = Self {
        number: 0,
        total: 1,
    };

    /// Shard `number` of `total`.
    ///
    /// # Panics
    ///
    /// When `number` is not below `total`.
    #[must_use]
    pub const fn new(number: u32, total: u32) -> Self {
        assert!(number < total, "a shard's number is below the total");
        Self { number, total }
    }

    /// Shard `number` of `total`, or `None` when `number` is not below `total`.
    #[must_use]
    pub const fn checked(number: u32, total: u32) -> Option<Self> {
        if number < total {
            Some(Self { number, total })
        } else {
            None
        }
    }

    /// The shard out of `total` that is told about the guild with this id.
    ///
    /// # Panics
    ///
    /// When `total` is zero.
    #[must_use]
    pub const fn of_guild(guild_id: u64, total: u32) -> Self {
        assert!(total > 0, "there is one shard at least");
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a remainder of a u32 fits one"
        )]
        Self {
            number: ((guild_id >> 22) % total as u64) as u32,
            total,
        }
    }
}

impl Default for ShardId {
    fn default() -> Self {
        Self::ONE
    }
}

impl fmt::Display for ShardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.total)
    }
}

impl FromStr for ShardId {
    type Err = ParseShardIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (number, total) = text.split_once('/').ok_or(ParseShardIdError)?;
        let number = number.parse().map_err(|_| ParseShardIdError)?;
        let total = total.parse().map_err(|_| ParseShardIdError)?;
        Self::checked(number, total).ok_or(ParseShardIdError)
    }
}

/// The text is not a shard id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseShardIdError;

impl fmt::Display for ParseShardIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a shard id is a number, a slash and a greater number, like `0/2`")
    }
}

impl Error for ParseShardIdError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_goes_both_ways() {
        assert_eq!(ShardId::new(3, 16).to_string(), "3/16");
        assert_eq!("3/16".parse(), Ok(ShardId::new(3, 16)));
        for wrong in ["", "1", "1/1", "0/0", "-1/2", "a/b"] {
            assert_eq!(wrong.parse::<ShardId>(), Err(ParseShardIdError), "{wrong}");
        }
    }

    #[test]
    fn guilds_are_spread_by_the_age_part_of_their_id() {
        assert_eq!(ShardId::of_guild(7 << 22, 4), ShardId::new(3, 4));
        assert_eq!(ShardId::of_guild(u64::MAX, 1), ShardId::ONE);
    }

    #[test]
    #[should_panic(expected = "below the total")]
    fn a_shard_outside_the_total_is_refused() {
        let _ = ShardId::new(2, 2);
    }
}
