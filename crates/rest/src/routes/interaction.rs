//! Answers to interactions. They carry the token of the interaction instead of the bot's, and stand outside
//! its global limit.

use polycord_types::{
    id::{ApplicationId, InteractionId},
    interaction::{InteractionResponse, ResponseMessage},
    message::{EditMessage, Message},
};

use super::{delete, get, patch, post, with};
use crate::{call::Call, client::Rest, request::Request};

const ORIGINAL: &str = "/webhooks/{webhook_id}/{webhook_token}/messages/@original";

impl Rest {
    /// Answers an interaction, which must happen within 3 seconds of it.
    ///
    /// See <https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response>.
    pub fn create_interaction_response(
        &self,
        interaction: InteractionId,
        token: &str,
        response: &InteractionResponse,
    ) -> Call<()> {
        let route = "/interactions/{interaction_id}/{interaction_token}/callback";
        let request = with(post(route, &[&interaction, &token]), response).map(Request::anonymous);
        Call::done(self, request)
    }

    /// The first answer to an interaction.
    ///
    /// See <https://docs.discord.com/developers/interactions/receiving-and-responding#get-original-interaction-response>.
    pub fn original_response(&self, application: ApplicationId, token: &str) -> Call<Message> {
        let request = get(ORIGINAL, &[&application, &token]).map(Request::anonymous);
        Call::json(self, request)
    }

    /// Changes the first answer to an interaction, or gives it after it was deferred; within 15 minutes.
    ///
    /// See <https://docs.discord.com/developers/interactions/receiving-and-responding#edit-original-interaction-response>.
    pub fn edit_original_response(
        &self,
        application: ApplicationId,
        token: &str,
        changes: &EditMessage,
    ) -> Call<Message> {
        // The changes replace what was there, so twice is as good as once.
        let request = with(patch(ORIGINAL, &[&application, &token]), changes)
            .map(|request| request.anonymous().idempotent(true));
        Call::json(self, request)
    }

    /// Deletes the first answer to an interaction.
    ///
    /// See <https://docs.discord.com/developers/interactions/receiving-and-responding#delete-original-interaction-response>.
    pub fn delete_original_response(&self, application: ApplicationId, token: &str) -> Call<()> {
        let request = delete(ORIGINAL, &[&application, &token]).map(Request::anonymous);
        Call::done(self, request)
    }

    /// Adds a message to an interaction that was answered; within 15 minutes.
    ///
    /// See <https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message>.
    pub fn create_followup(
        &self,
        application: ApplicationId,
        token: &str,
        message: &ResponseMessage,
    ) -> Call<Message> {
        let route = "/webhooks/{webhook_id}/{webhook_token}";
        let request = with(post(route, &[&application, &token]), message)
            .map(|request| request.anonymous().query("wait", true));
        Call::json(self, request)
    }
}
