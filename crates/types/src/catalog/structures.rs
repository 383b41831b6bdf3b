//! The structures, page by page.

use super::Structure;
use crate::{
    activity, application, application_command, audit_log, auto_moderation, ban, certified_device,
    channel, component, emoji, entitlement, gateway, guild, integration, interaction, invite,
    lobby, member, message, oauth2, poll, presence, rate_limit, reference, role, role_connection,
    scheduled_event, sku, soundboard, stage, sticker, subscription, team, template, thread, user,
    voice, webhook, webhook_event,
};

macro_rules! structures {
    ($($page:literal { $($title:literal => $Model:path $(as $($Union:ident)::+)?,)* })*) => {
        pub(super) const ALL: &[Structure] = &[
            $($(structures!(@one concat!($page, "#", $title), $Model $(, $($Union)::+)?),)*)*
        ];
    };
    (@one $documented:expr, $Model:path) => {
        Structure::new::<$Model>($documented, stringify!($Model))
    };
    (@one $documented:expr, $Value:path, value) => {
        Structure::value::<$Value>($documented, stringify!($Value))
    };
    (@one $documented:expr, $Model:path, $($Union:ident)::+) => {
        Structure::member::<$Model, $($Union)::+>($documented, stringify!($Model))
    };
}

// What carries its tag only as a member of a union is read `as` that union; `as value` is what is no
// struct: a union, or a map.
structures! {
    "components/reference" {
        "Action Row Structure" => component::ActionRow as component::Component,
        "Button Structure" => component::Button as component::Component,
        "String Select Structure" => component::StringSelect as component::Component,
        "Select Option Structure" => component::SelectOption,
        "String Select Interaction Response Structure" => interaction::SubmittedValues as interaction::SubmittedComponent,
        "Text Input Structure" => component::TextInput as component::Component,
        "Text Input Interaction Response Structure" => interaction::SubmittedText as interaction::SubmittedComponent,
        "User Select Structure" => component::UserSelect as component::Component,
        "Select Default Value Structure" => component::SelectDefaultValue,
        "User Select Interaction Response Structure" => interaction::SubmittedUsers as interaction::SubmittedComponent,
        "Role Select Structure" => component::RoleSelect as component::Component,
        "Role Select Interaction Response Structure" => interaction::SubmittedRoles as interaction::SubmittedComponent,
        "Mentionable Select Structure" => component::MentionableSelect as component::Component,
        "Mentionable Select Interaction Response Structure" => interaction::SubmittedMentionables as interaction::SubmittedComponent,
        "Channel Select Structure" => component::ChannelSelect as component::Component,
        "Channel Select Interaction Response Structure" => interaction::SubmittedChannels as interaction::SubmittedComponent,
        "Section Structure" => component::Section as component::Component,
        "Text Display Structure" => component::TextDisplay as component::Component,
        "Text Display Interaction Response Structure" => interaction::SubmittedTextDisplay as interaction::SubmittedComponent,
        "Thumbnail Structure" => component::Thumbnail as component::Component,
        "Media Gallery Structure" => component::MediaGallery as component::Component,
        "Media Gallery Item Structure" => component::MediaGalleryItem,
        "File Structure" => component::FileDisplay as component::Component,
        "Separator Structure" => component::Separator as component::Component,
        "Container Structure" => component::Container as component::Component,
        "Label Structure" => component::Label as component::Component,
        "Label Interaction Response Structure" => interaction::SubmittedLabel as interaction::SubmittedComponent,
        "File Upload Structure" => component::FileUpload as component::Component,
        "File Upload Interaction Response Structure" => interaction::SubmittedFiles as interaction::SubmittedComponent,
        "Radio Group Structure" => component::RadioGroup as component::Component,
        "Radio Group Option Structure" => component::ChoiceOption,
        "Radio Group Interaction Response Structure" => interaction::SubmittedRadio as interaction::SubmittedComponent,
        "Checkbox Group Structure" => component::CheckboxGroup as component::Component,
        "Checkbox Group Option Structure" => component::ChoiceOption,
        "Checkbox Group Interaction Response Structure" => interaction::SubmittedChoices as interaction::SubmittedComponent,
        "Checkbox Structure" => component::Checkbox as component::Component,
        "Checkbox Interaction Response Structure" => interaction::SubmittedCheckbox as interaction::SubmittedComponent,
        "Unfurled Media Item Structure" => component::UnfurledMediaItem,
        "Component Object" => component::Component as value,
        "Action Row Child Components" => component::Component as value,
        "Section Child Components" => component::Component as value,
        "Section Accessory Components" => component::Component as value,
        "Container Child Components" => component::Component as value,
        "Label Child Components" => component::Component as value,
        "Label Interaction Response Child Components" => interaction::SubmittedComponent as value,
    }
    "events/gateway" {
        "Get Gateway Bot JSON Response" => gateway::GatewayBot,
        "Session Start Limit Structure" => gateway::SessionStartLimit,
    }
    "events/gateway-events" {
        "Identify Structure" => gateway::send::Identify,
        "Identify Connection Properties" => gateway::send::IdentifyProperties,
        "Resume Structure" => gateway::send::Resume,
        "Request Guild Members Structure" => gateway::send::RequestGuildMembers,
        "Request Soundboard Sounds Structure" => gateway::send::RequestSoundboardSounds,
        "Request Channel Info Structure" => gateway::send::RequestChannelInfo,
        "Gateway Voice State Update Structure" => gateway::send::UpdateVoiceState,
        "Gateway Presence Update Structure" => gateway::send::UpdatePresence,
        "Hello Structure" => gateway::payload::Hello,
        "Ready Event Fields" => gateway::payload::Ready,
        "Auto Moderation Action Execution Event Fields" => gateway::payload::AutoModerationActionExecution,
        "Channel Info Structure" => gateway::payload::ChannelInfo,
        "Channel Info Channel Structure" => gateway::payload::ChannelInfoChannel,
        "Voice Channel Status Update Event Fields" => gateway::payload::VoiceChannelStatusUpdate,
        "Voice Channel Start Time Update Event Fields" => gateway::payload::VoiceChannelStartTimeUpdate,
        "Thread List Sync Event Fields" => gateway::payload::ThreadListSync,
        "Thread Member Update Event Extra Fields" => gateway::payload::ThreadMemberUpdate,
        "Thread Members Update Event Fields" => gateway::payload::ThreadMembersUpdate,
        "Channel Pins Update Event Fields" => gateway::payload::ChannelPinsUpdate,
        "Guild Create Extra Fields" => gateway::payload::GuildCreate,
        "Guild Audit Log Entry Create Event Extra Fields" => gateway::payload::GuildAuditLogEntryCreate,
        "Guild Ban Add Event Fields" => gateway::payload::GuildBanAdd,
        "Guild Ban Remove Event Fields" => gateway::payload::GuildBanRemove,
        "Guild Emojis Update Event Fields" => gateway::payload::GuildEmojisUpdate,
        "Guild Stickers Update Event Fields" => gateway::payload::GuildStickersUpdate,
        "Guild Integrations Update Event Fields" => gateway::payload::GuildIntegrationsUpdate,
        "Guild Member Add Extra Fields" => gateway::payload::GuildMemberAdd,
        "Guild Member Remove Event Fields" => gateway::payload::GuildMemberRemove,
        "Guild Member Update Event Fields" => gateway::payload::GuildMemberUpdate,
        "Guild Members Chunk Event Fields" => gateway::payload::GuildMembersChunk,
        "Guild Role Create Event Fields" => gateway::payload::GuildRoleCreate,
        "Guild Role Update Event Fields" => gateway::payload::GuildRoleUpdate,
        "Guild Role Delete Event Fields" => gateway::payload::GuildRoleDelete,
        "Guild Scheduled Event User Add Event Fields" => gateway::payload::GuildScheduledEventUserAdd,
        "Guild Scheduled Event User Remove Event Fields" => gateway::payload::GuildScheduledEventUserRemove,
        "Guild Soundboard Sound Delete Event Fields" => gateway::payload::GuildSoundboardSoundDelete,
        "Guild Soundboard Sounds Update Event Fields" => gateway::payload::GuildSoundboardSoundsUpdate,
        "Soundboard Sounds Event Fields" => gateway::payload::SoundboardSounds,
        "Integration Create Event Additional Fields" => gateway::payload::IntegrationCreate,
        "Integration Update Event Additional Fields" => gateway::payload::IntegrationUpdate,
        "Integration Delete Event Fields" => gateway::payload::IntegrationDelete,
        "Invite Create Event Fields" => gateway::payload::InviteCreate,
        "Invite Delete Event Fields" => gateway::payload::InviteDelete,
        "Message Create Extra Fields" => gateway::payload::MessageCreate,
        "Message Delete Event Fields" => gateway::payload::MessageDelete,
        "Message Delete Bulk Event Fields" => gateway::payload::MessageDeleteBulk,
        "Message Reaction Add Event Fields" => gateway::payload::MessageReactionAdd,
        "Message Reaction Remove Event Fields" => gateway::payload::MessageReactionRemove,
        "Message Reaction Remove All Event Fields" => gateway::payload::MessageReactionRemoveAll,
        "Message Reaction Remove Emoji Event Fields" => gateway::payload::MessageReactionRemoveEmoji,
        "Presence Update Event Fields" => presence::Presence,
        "Client Status Object" => presence::ClientStatus,
        "Activity Structure" => activity::Activity,
        "Activity Timestamps" => activity::ActivityTimestamps,
        "Activity Emoji" => activity::ActivityEmoji,
        "Activity Party" => activity::ActivityParty,
        "Activity Assets" => activity::ActivityAssets,
        "Activity Secrets" => activity::ActivitySecrets,
        "Activity Buttons" => activity::ActivityLink,
        "Typing Start Event Fields" => gateway::payload::TypingStart,
        "Voice Channel Effect Send Event Fields" => gateway::payload::VoiceChannelEffectSend,
        "Voice Server Update Event Fields" => gateway::payload::VoiceServerUpdate,
        "Webhooks Update Event Fields" => gateway::payload::WebhooksUpdate,
        "Message Poll Vote Add Fields" => gateway::payload::MessagePollVoteAdd,
        "Message Poll Vote Remove Fields" => gateway::payload::MessagePollVoteRemove,
        "Rate Limited Fields" => gateway::payload::RateLimited,
        "Request Guild Member Rate Limit Metadata Structure" => gateway::payload::RequestGuildMembersRateLimit,
        "Thread Create Extra Fields" => gateway::payload::ThreadCreate,
        "Thread Delete Event Fields" => gateway::payload::ThreadDelete,
        "Thread Members Update Added Member Extra Fields" => gateway::payload::AddedThreadMember,
        "Rate Limit Metadata for Opcode Structure" => gateway::payload::RateLimitMetadata as value,
    }
    "events/webhook-events" {
        "Webhook Event Payload Structure" => webhook_event::WebhookPayload,
        "Event Body Object" => webhook_event::WebhookEvent,
        "Application Authorized Structure" => webhook_event::ApplicationAuthorized,
        "Application Deauthorized Structure" => webhook_event::ApplicationDeauthorized,
        "Lobby Message Delete Structure" => webhook_event::LobbyMessageDelete,
        "Lobby Message Structure" => lobby::LobbyMessage,
        "Message Object Additional Fields" => webhook_event::GameMessage,
        "SDK DM Message Structure" => webhook_event::SdkDirectMessage,
    }
    "interactions/application-commands" {
        "Application Command Structure" => application_command::ApplicationCommand,
        "Application Command Option Structure" => application_command::CommandOption,
        "Application Command Option Choice Structure" => application_command::CommandChoice,
        "Guild Application Command Permissions Structure" => application_command::CommandPermissions,
        "Application Command Permissions Structure" => application_command::CommandPermission,
        "Create Global Application Command JSON Params" => application_command::CreateCommand,
        "Edit Global Application Command JSON Params" => application_command::EditCommand,
        "Create Guild Application Command JSON Params" => application_command::CreateCommand,
        "Edit Guild Application Command JSON Params" => application_command::EditCommand,
        "Bulk Overwrite Guild Application Commands JSON Params" => application_command::OverwriteCommand,
        "Edit Application Command Permissions JSON Params" => application_command::EditCommandPermissions,
    }
    "interactions/receiving-and-responding" {
        "Interaction Structure" => interaction::Interaction,
        "Application Command Data Structure" => interaction::CommandData,
        "Message Component Data Structure" => interaction::ComponentData,
        "Modal Submit Data Structure" => interaction::ModalData,
        "Resolved Data Structure" => interaction::ResolvedData,
        "Application Command Interaction Data Option Structure" => interaction::CommandDataOption,
        "Message Interaction Structure" => message::MessageInteraction,
        "Interaction Response Structure" => interaction::InteractionResponse,
        "Interaction Callback Data: Messages" => interaction::ResponseMessage,
        "Interaction Callback Data: Autocomplete" => interaction::ResponseChoices,
        "Interaction Callback Data: Modal" => interaction::Modal,
        "Interaction Callback Response Object" => interaction::InteractionCallbackResponse,
        "Interaction Callback Object" => interaction::InteractionCallback,
        "Interaction Callback Resource Object" => interaction::InteractionCallbackResource,
        "Interaction Callback Activity Instance Resource" => interaction::CallbackActivityInstance,
        "Component Interaction Response Structures" => interaction::SubmittedComponent as value,
        "Interaction Data" => interaction::InteractionData as value,
        "Interaction Callback Data" => interaction::InteractionResponseData as value,
    }
    "reference" {
        "Example Nullable and Optional Fields" => reference::NullableAndOptionalFields,
    }
    "resources/application" {
        "Application Structure" => application::Application,
        "Application Structure" => application::PartialApplication,
        "Application Integration Type Configuration Object" => application::InstallConfig,
        "Install Params Structure" => application::InstallParams,
        "Edit Current Application JSON Params" => application::EditApplication,
        "Activity Instance Object" => application::ActivityInstance,
        "Activity Location Object" => application::ActivityLocation,
    }
    "resources/application-role-connection-metadata" {
        "Application Role Connection Metadata Structure" => role_connection::RoleConnectionMetadata,
    }
    "resources/audit-log" {
        "Audit Log Structure" => audit_log::AuditLog,
        "Audit Log Entry Structure" => audit_log::AuditLogEntry,
        "Optional Audit Entry Info" => audit_log::AuditLogOptions,
        "Audit Log Change Structure" => audit_log::AuditLogChange,
    }
    "resources/auto-moderation" {
        "Auto Moderation Rule Structure" => auto_moderation::AutoModerationRule,
        "Trigger Metadata" => auto_moderation::AutoModerationTriggerMetadata,
        "Auto Moderation Action Structure" => auto_moderation::AutoModerationAction,
        "Action Metadata" => auto_moderation::AutoModerationActionMetadata,
        "Create Auto Moderation Rule JSON Params" => auto_moderation::CreateAutoModerationRule,
        "Modify Auto Moderation Rule JSON Params" => auto_moderation::ModifyAutoModerationRule,
    }
    "resources/channel" {
        "Channel Structure" => channel::Channel,
        "Overwrite Structure" => channel::PermissionOverwrite,
        "Followed Channel Structure" => channel::FollowedChannel,
        "Thread Metadata Structure" => thread::ThreadMetadata,
        "Thread Member Structure" => thread::ThreadMember,
        "Default Reaction Structure" => channel::DefaultReaction,
        "Forum Tag Structure" => channel::ForumTag,
        "Modify Channel JSON Params (Group DM)" => channel::ModifyGroupDm,
        "Modify Channel JSON Params (Guild channel)" => channel::ModifyChannel,
        "Modify Channel JSON Params (Thread)" => thread::ModifyThread,
        "Set Voice Channel Status JSON Params" => channel::SetVoiceChannelStatus,
        "Edit Channel Permissions JSON Params" => channel::EditChannelPermissions,
        "Create Channel Invite JSON/Form Params" => channel::CreateChannelInvite,
        "Follow Announcement Channel JSON Params" => channel::FollowAnnouncementChannel,
        "Group DM Add Recipient JSON Params" => channel::AddGroupDmRecipient,
        "Start Thread from Message JSON Params" => thread::StartThreadFromMessage,
        "Start Thread without Message JSON Params" => thread::StartThread,
        "Start Thread in Forum or Media Channel JSON/Form Params" => thread::StartForumThread,
        "Forum and Media Thread Message Params Object" => thread::ForumThreadMessage,
        "List Public Archived Threads Response Body" => thread::ArchivedThreads,
        "List Private Archived Threads Response Body" => thread::ArchivedThreads,
        "List Joined Private Archived Threads Response Body" => thread::ArchivedThreads,
    }
    "resources/emoji" {
        "Emoji Structure" => emoji::Emoji,
        "Emoji Structure" => emoji::PartialEmoji,
        "Create Guild Emoji JSON Params" => emoji::CreateEmoji,
        "Modify Guild Emoji JSON Params" => emoji::ModifyEmoji,
        "Create Application Emoji JSON Params" => emoji::CreateApplicationEmoji,
        "Modify Application Emoji JSON Params" => emoji::ModifyApplicationEmoji,
    }
    "resources/entitlement" {
        "Entitlement Structure" => entitlement::Entitlement,
        "Create Test Entitlement JSON Params" => entitlement::CreateTestEntitlement,
    }
    "resources/guild" {
        "Guild Structure" => guild::Guild,
        "Guild Structure" => guild::PartialGuild,
        "Guild Preview Structure" => guild::GuildPreview,
        "Guild Widget Settings Structure" => guild::WidgetSettings,
        "Guild Widget Structure" => guild::Widget,
        "Guild Member Structure" => member::Member,
        "Guild Member Structure" => member::PartialMember,
        "Integration Structure" => integration::Integration,
        "Integration Structure" => integration::PartialIntegration,
        "Integration Account Structure" => integration::IntegrationAccount,
        "Integration Application Structure" => integration::IntegrationApplication,
        "Ban Structure" => ban::Ban,
        "Welcome Screen Structure" => guild::WelcomeScreen,
        "Welcome Screen Channel Structure" => guild::WelcomeChannel,
        "Guild Onboarding Structure" => guild::Onboarding,
        "Onboarding Prompt Structure" => guild::OnboardingPrompt,
        "Prompt Option Structure" => guild::OnboardingPromptOption,
        "Incidents Data Structure" => guild::IncidentsData,
        "Modify Guild JSON Params" => guild::ModifyGuild,
        "Create Guild Channel JSON Params" => channel::CreateChannel,
        "Modify Guild Channel Positions JSON Params" => channel::ModifyChannelPosition,
        "List Active Guild Threads Response Body" => thread::ActiveThreads,
        "Add Guild Member JSON Params" => member::AddMember,
        "Modify Guild Member JSON Params" => member::ModifyMember,
        "Modify Current Member JSON Params" => member::ModifyCurrentMember,
        "Modify Current User Nick JSON Params" => member::ModifyCurrentUserNick,
        "Create Guild Ban JSON Params" => ban::CreateBan,
        "Bulk Guild Ban JSON Params" => ban::BulkBan,
        "Bulk Ban Response" => ban::BulkBanResponse,
        "Create Guild Role JSON Params" => role::CreateRole,
        "Modify Guild Role Positions JSON Params" => role::ModifyRolePosition,
        "Modify Guild Role JSON Params" => role::ModifyRole,
        "Begin Guild Prune JSON Params" => guild::BeginPrune,
        "Modify Guild Welcome Screen JSON Params" => guild::ModifyWelcomeScreen,
        "Modify Guild Onboarding JSON Params" => guild::ModifyOnboarding,
        "Modify Guild Incident Actions JSON Params" => guild::ModifyIncidentActions,
        "Unavailable Guild Object" => guild::UnavailableGuild,
        "Get Guild Prune Count Response" => guild::PruneCount,
        "Get Guild Vanity URL Response" => guild::VanityUrl,
    }
    "resources/guild-scheduled-event" {
        "Guild Scheduled Event Structure" => scheduled_event::ScheduledEvent,
        "Guild Scheduled Event Entity Metadata" => scheduled_event::ScheduledEventMetadata,
        "Guild Scheduled Event User Structure" => scheduled_event::ScheduledEventUser,
        "Guild Scheduled Event Recurrence Rule Structure" => scheduled_event::RecurrenceRule,
        "Guild Scheduled Event Recurrence Rule - N_Weekday Structure" => scheduled_event::NthWeekday,
        "Create Guild Scheduled Event JSON Params" => scheduled_event::CreateScheduledEvent,
        "Modify Guild Scheduled Event JSON Params" => scheduled_event::ModifyScheduledEvent,
    }
    "resources/guild-template" {
        "Guild Template Structure" => template::Template,
        "Create Guild Template JSON Params" => template::CreateTemplate,
        "Modify Guild Template JSON Params" => template::ModifyTemplate,
    }
    "resources/invite" {
        "Invite Structure" => invite::Invite,
        "Invite Metadata Structure" => invite::InviteMetadata,
        "Invite Stage Instance Structure" => invite::InviteStageInstance,
        "Update Target Users Form Params" => invite::UpdateTargetUsers,
    }
    "resources/lobby" {
        "Lobby Structure" => lobby::Lobby,
        "Lobby Member Structure" => lobby::LobbyMember,
        "Create Lobby JSON Params" => lobby::CreateLobby,
        "Lobby Member JSON Params" => lobby::LobbyMember,
        "Create or Join Lobby JSON Params" => lobby::JoinLobby,
        "Modify Lobby JSON Params" => lobby::ModifyLobby,
        "Add a Member to a Lobby JSON Params" => lobby::AddLobbyMember,
        "Bulk Update Lobby Members JSON Params" => lobby::UpdateLobbyMember,
        "Link Channel to Lobby JSON Params" => lobby::LinkLobbyChannel,
        "Send Lobby Message JSON Params" => lobby::SendLobbyMessage,
        "Lobby Message Object" => lobby::LobbyMessage,
        "Update Lobby Message Moderation Metadata JSON Params" => lobby::ModerationMetadata as value,
        "Lobby Invite Object" => lobby::LobbyInvite,
    }
    "resources/message" {
        "Message Structure" => message::Message,
        "Message Structure" => message::SnapshotMessage,
        "Message Activity Structure" => message::MessageActivity,
        "Application Command Interaction Metadata Structure" => message::CommandInteractionMetadata as message::InteractionMetadata,
        "Message Component Interaction Metadata Structure" => message::ComponentInteractionMetadata as message::InteractionMetadata,
        "Modal Submit Interaction Metadata Structure" => message::ModalInteractionMetadata as message::InteractionMetadata,
        "Message Call Object Structure" => message::MessageCall,
        "Message Reference Structure" => message::MessageReference,
        "Message Snapshot Structure" => message::MessageSnapshot,
        "Reaction Structure" => message::Reaction,
        "Reaction Count Details Structure" => message::ReactionCountDetails,
        "Embed Structure" => message::Embed,
        "Embed Video Structure" => message::EmbedVideo,
        "Embed Image Structure" => message::EmbedImage,
        "Embed Provider Structure" => message::EmbedProvider,
        "Embed Author Structure" => message::EmbedAuthor,
        "Embed Footer Structure" => message::EmbedFooter,
        "Embed Field Structure" => message::EmbedField,
        "Poll Result Embed Fields" => message::PollResultFields,
        "Attachment Structure" => message::Attachment,
        "Attachment Request Structure" => message::AttachmentRequest,
        "Channel Mention Structure" => message::ChannelMention,
        "Allowed Mentions Structure" => message::AllowedMentions,
        "Role Subscription Data Object Structure" => message::RoleSubscriptionData,
        "Message Pin Object Structure" => message::MessagePin,
        "Shared Client Theme Object Structure" => message::SharedClientTheme,
        "Search Guild Messages Response Body" => message::SearchResults,
        "Create Message JSON/Form Params" => message::CreateMessage,
        "Edit Message JSON/Form Params" => message::EditMessage,
        "Bulk Delete Messages JSON Params" => message::BulkDeleteMessages,
        "Get Channel Pins Response Structure" => message::ChannelPins,
        "Message Interaction Metadata Object" => message::InteractionMetadata as value,
    }
    "resources/poll" {
        "Poll Object Structure" => poll::Poll,
        "Poll Create Request Object Structure" => poll::CreatePoll,
        "Poll Media Object Structure" => poll::PollMedia,
        "Poll Answer Object Structure" => poll::PollAnswer,
        "Poll Results Object Structure" => poll::PollResults,
        "Poll Answer Count Object Structure" => poll::PollAnswerCount,
        "Get Answer Voters Response Body" => poll::AnswerVoters,
    }
    "resources/sku" {
        "SKU Structure" => sku::Sku,
    }
    "resources/soundboard" {
        "Soundboard Sound Structure" => soundboard::SoundboardSound,
        "Send Soundboard Sound JSON Params" => soundboard::SendSoundboardSound,
        "List Guild Soundboard Sounds Response Structure" => soundboard::GuildSoundboardSounds,
        "Create Guild Soundboard Sound JSON Params" => soundboard::CreateSoundboardSound,
        "Modify Guild Soundboard Sound JSON Params" => soundboard::ModifySoundboardSound,
    }
    "resources/stage-instance" {
        "Stage Instance Structure" => stage::StageInstance,
        "Create Stage Instance JSON Params" => stage::CreateStageInstance,
        "Modify Stage Instance JSON Params" => stage::ModifyStageInstance,
    }
    "resources/sticker" {
        "Sticker Structure" => sticker::Sticker,
        "Sticker Item Structure" => sticker::StickerItem,
        "Sticker Pack Structure" => sticker::StickerPack,
        "List Sticker Packs Response Structure" => sticker::StickerPacks,
        "Create Guild Sticker Form Params" => sticker::CreateSticker,
        "Modify Guild Sticker JSON Params" => sticker::ModifySticker,
    }
    "resources/subscription" {
        "Subscription Object" => subscription::Subscription,
    }
    "resources/user" {
        "User Structure" => user::User,
        "User Structure" => user::PartialUser,
        "User Primary Guild" => user::PrimaryGuild,
        "Avatar Decoration Data Structure" => user::AvatarDecoration,
        "Collectible Structure" => user::Collectibles,
        "Nameplate Structure" => user::Nameplate,
        "Connection Structure" => user::Connection,
        "Application Role Connection Structure" => user::ApplicationRoleConnection,
        "Modify Current User JSON Params" => user::ModifyCurrentUser,
        "Create DM JSON Params" => user::CreateDm,
        "Create Group DM JSON Params" => user::CreateGroupDm,
        "Update Current User Application Role Connection JSON Params" => user::UpdateApplicationRoleConnection,
    }
    "resources/voice" {
        "Voice State Structure" => voice::VoiceState,
        "Voice Region Structure" => voice::VoiceRegion,
        "Modify Current User Voice State JSON Params" => voice::ModifyCurrentUserVoiceState,
        "Modify User Voice State JSON Params" => voice::ModifyUserVoiceState,
    }
    "resources/webhook" {
        "Webhook Structure" => webhook::Webhook,
        "Create Webhook JSON Params" => webhook::CreateWebhook,
        "Modify Webhook JSON Params" => webhook::ModifyWebhook,
        "Execute Webhook JSON/Form Params" => webhook::ExecuteWebhook,
        "Edit Webhook Message JSON/Form Params" => webhook::EditWebhookMessage,
    }
    "topics/certified-devices" {
        "Device Object" => certified_device::CertifiedDevice,
        "Vendor Object" => certified_device::DeviceVendor,
        "Model Object" => certified_device::DeviceModel,
    }
    "topics/oauth2" {
        "Get Current Authorization Information Response Structure" => oauth2::AuthorizationInformation,
    }
    "topics/permissions" {
        "Role Structure" => role::Role,
        "Role Structure" => role::PartialRole,
        "Role Tags Structure" => role::RoleTags,
        "Role Colors Object" => role::RoleColors,
    }
    "topics/rate-limits" {
        "Rate Limit Response Structure" => rate_limit::RateLimitResponse,
    }
    "topics/teams" {
        "Team Object" => team::Team,
        "Team Member Object" => team::TeamMember,
    }
}
