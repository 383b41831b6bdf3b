//! Where the manager learns the gateway's address, the recommended shards and the session budget.

use std::error::Error as StdError;

use polycord_gateway::BoxFuture;
use polycord_types::gateway::GatewayBot;

/// Any error, boxed.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Answers what `GET /gateway/bot` answers.
///
/// See <https://docs.discord.com/developers/events/gateway#get-gateway-bot>.
pub trait GatewayInfo: Send + Sync + 'static {
    /// Address, recommended shards and session budget, as they are now.
    ///
    /// # Errors
    /// Whatever kept it from answering; the manager gives it to its user as the source.
    fn gateway(&self) -> BoxFuture<'_, Result<GatewayBot, BoxError>>;
}

/// The same answer every time, asked of nobody.
#[derive(Clone, Debug)]
pub struct FixedGatewayInfo(pub GatewayBot);

impl GatewayInfo for FixedGatewayInfo {
    fn gateway(&self) -> BoxFuture<'_, Result<GatewayBot, BoxError>> {
        let answer = self.0.clone();
        Box::pin(async move { Ok(answer) })
    }
}

/// Asks Discord, over REST.
#[cfg(feature = "http")]
#[derive(Clone, Debug)]
pub struct RestGatewayInfo(pub polycord_rest::Rest);

#[cfg(feature = "http")]
impl GatewayInfo for RestGatewayInfo {
    fn gateway(&self) -> BoxFuture<'_, Result<GatewayBot, BoxError>> {
        Box::pin(async move { self.0.gateway_bot().await.map_err(BoxError::from) })
    }
}
