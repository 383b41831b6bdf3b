//! How many shards, and which of them here.

use std::ops::Range;

use polycord_gateway::ShardId;

use crate::Error;

/// Which shards a manager runs.
///
/// See <https://docs.discord.com/developers/events/gateway#sharding>.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShardPlan {
    /// As many as Discord recommends for the bot, all of them here.
    #[default]
    Recommended,
    /// This many, all of them here.
    Fixed(u32),
    /// Some of a larger number; the others run in other processes.
    Range {
        /// The numbers of the shards that run here.
        shards: Range<u32>,
        /// How many there are in all processes together.
        total: u32,
    },
}

impl ShardPlan {
    /// The shards to run here, when Discord recommends `recommended` of them.
    ///
    /// # Errors
    /// [`ErrorKind::Plan`](crate::ErrorKind::Plan) if the plan names no shard, or one outside its total.
    pub fn shards(&self, recommended: u32) -> Result<Vec<ShardId>, Error> {
        let (shards, total) = match self {
            Self::Recommended => (0..recommended, recommended),
            Self::Fixed(total) => (0..*total, *total),
            Self::Range { shards, total } => (shards.clone(), *total),
        };
        if shards.is_empty() || shards.end > total {
            return Err(Error::plan(&shards, total));
        }
        Ok(shards.map(|number| ShardId::new(number, total)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn a_recommendation_is_taken_as_it_is() {
        let shards = ShardPlan::Recommended.shards(2).unwrap();
        assert_eq!(shards, [ShardId::new(0, 2), ShardId::new(1, 2)]);
    }

    #[test]
    fn a_range_keeps_the_total_of_all_processes() {
        let plan = ShardPlan::Range {
            shards: 2..4,
            total: 8,
        };
        assert_eq!(
            plan.shards(1).unwrap(),
            [ShardId::new(2, 8), ShardId::new(3, 8)]
        );
    }

    #[test]
    fn a_plan_without_a_shard_or_past_its_total_is_refused() {
        for plan in [
            ShardPlan::Fixed(0),
            ShardPlan::Range {
                shards: 1..3,
                total: 2,
            },
        ] {
            assert_eq!(*plan.shards(1).unwrap_err().kind(), ErrorKind::Plan);
        }
        assert_eq!(
            *ShardPlan::Recommended.shards(0).unwrap_err().kind(),
            ErrorKind::Plan
        );
    }
}
