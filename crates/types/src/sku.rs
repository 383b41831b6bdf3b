//! SKUs: what an application sells.
//!
//! See [SKUs](https://docs.discord.com/developers/resources/sku).

use polycord_types_derive::Model;

use crate::{
    Text,
    id::{ApplicationId, SkuId},
};

/// Something that an application sells.
///
/// See [the documentation](https://docs.discord.com/developers/resources/sku#sku-object-sku-structure).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct Sku {
    /// Identifies the SKU.
    #[model(key)]
    pub id: SkuId,
    /// What it is.
    #[model(rename = "type")]
    pub kind: SkuType,
    /// The application.
    #[model(always)]
    pub application_id: Option<ApplicationId>,
    /// The name that customers see.
    pub name: Text,
    /// The last part of its address, made of the name.
    pub slug: Text,
    /// Properties of the SKU.
    pub flags: SkuFlags,
}

open_enum! {
    /// What is sold.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/sku#sku-object-sku-types).
    pub enum SkuType: u32 {
        /// Something bought once.
        Durable = 2,
        /// Something that is used up.
        Consumable = 3,
        /// A subscription.
        Subscription = 5,
        /// What Discord makes around each subscription.
        SubscriptionGroup = 6,
    }
}

flags! {
    /// Properties of a SKU.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/sku#sku-object-sku-flags).
    pub struct SkuFlags: u64 {
        /// It can be bought.
        const AVAILABLE = 1 << 2;
        /// A subscription for a guild: one buys it, all its members have it.
        const GUILD_SUBSCRIPTION = 1 << 7;
        /// A subscription for a user, who has it in every guild.
        const USER_SUBSCRIPTION = 1 << 8;
    }
}
