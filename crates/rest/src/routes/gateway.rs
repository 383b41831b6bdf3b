//! The gateway, and the application itself.

use polycord_types::{application::Application, gateway::GatewayBot};

use super::get;
use crate::{call::Call, client::Rest};

impl Rest {
    /// Where the gateway is, how many shards Discord recommends, and how many sessions may be started.
    ///
    /// See <https://docs.discord.com/developers/events/gateway#get-gateway-bot>.
    pub fn gateway_bot(&self) -> Call<GatewayBot> {
        Call::json(self, get("/gateway/bot", &[]))
    }

    /// The application that the token belongs to.
    ///
    /// See <https://docs.discord.com/developers/resources/application#get-current-application>.
    pub fn current_application(&self) -> Call<Application> {
        Call::json(self, get("/applications/@me", &[]))
    }
}
