// What a larger bot does, with discord.js's builders, modals, collectors and webhooks. Each command answers "NAME: done".

import assert from "node:assert/strict";
import {
  ActionRowBuilder, ApplicationCommandOptionType as Option, ApplicationCommandType, AuditLogEvent,
  AutoModerationActionType, AutoModerationRuleEventType, AutoModerationRuleTriggerType, ButtonBuilder, ButtonStyle,
  ChannelType, Client, EmbedBuilder, Events, GatewayIntentBits, GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel, MessageFlags, ModalBuilder, Partials, PermissionFlagsBits, StringSelectMenuBuilder,
  TextInputBuilder, TextInputStyle, UserSelectMenuBuilder,
} from "discord.js";
import { rest, token } from "./simulated.js";

const intents = Object.values(GatewayIntentBits).filter((bit) => typeof bit === "number");
const client = new Client({ intents, partials: [Partials.Channel, Partials.Message, Partials.Reaction], rest });
const row = (...components) => new ActionRowBuilder().addComponents(...components);
const tomorrow = () => Date.now() + 24 * 60 * 60 * 1000;

/** Whatever a handler throws ends the process: the driver sees it. */
const on = (event, handler) => client.on(event, (...args) => Promise.resolve(handler(...args)).catch(fail));
function fail(error) {
  console.error(error);
  process.exit(1);
}

const teas = ["green", "grey", "black"];
const registered = [
  { name: "menu", description: "Shows the menu" },
  {
    name: "brew",
    description: "Brews a tea",
    options: [
      { name: "tea", description: "which", type: Option.String, required: true, autocomplete: true },
      { name: "minutes", description: "how long", type: Option.Number, required: true, minValue: 0.5, maxValue: 10 },
      { name: "iced", description: "or hot", type: Option.Boolean },
    ],
  },
  {
    name: "shop",
    description: "The shop",
    options: [{
      name: "buy",
      description: "Buys a tea",
      type: Option.Subcommand,
      options: [
        {
          name: "size", description: "which", type: Option.Integer, required: true,
          choices: [{ name: "small", value: 1 }, { name: "large", value: 2 }],
        },
        { name: "channel", description: "where", type: Option.Channel, required: true, channelTypes: [ChannelType.GuildText] },
        { name: "role", description: "for whom", type: Option.Role, required: true },
      ],
    }],
  },
  { name: "Greet them", type: ApplicationCommandType.User },
  { name: "Quote it", type: ApplicationCommandType.Message },
];

const interactions = {
  menu: (interaction) => {
    const order = new ButtonBuilder().setCustomId("order").setLabel("Order").setStyle(ButtonStyle.Success);
    const options = ["green", "black", "white"].map((tea) => ({ label: tea, value: tea }));
    const tea = new StringSelectMenuBuilder().setCustomId("tea").setMaxValues(2).addOptions(options);
    const guest = new UserSelectMenuBuilder().setCustomId("guest");
    return interaction.reply({ content: "what will it be?", components: [row(order), row(tea), row(guest)] });
  },
  order: (interaction) => {
    const name = new TextInputBuilder().setCustomId("name").setLabel("Name").setStyle(TextInputStyle.Short).setMaxLength(20);
    const wish = new TextInputBuilder().setCustomId("wish").setLabel("Wish").setStyle(TextInputStyle.Paragraph).setRequired(false);
    const modal = new ModalBuilder().setCustomId("order form").setTitle("Your order");
    return interaction.showModal(modal.addComponents(row(name), row(wish)));
  },
  "order form": (interaction) => {
    const [name, wish] = ["name", "wish"].map((field) => interaction.fields.getTextInputValue(field));
    return interaction.reply({ content: `${name} wishes ${wish}`, flags: MessageFlags.Ephemeral });
  },
  tea: (interaction) => interaction.update({ content: `chosen: ${interaction.values.join(", ")}` }),
  guest: async (interaction) => {
    await interaction.deferUpdate();
    await interaction.followUp(`for ${interaction.members.first().user.username}`);
  },
  brew: async (interaction) => {
    if (interaction.isAutocomplete()) {
      const fitting = teas.filter((tea) => tea.startsWith(interaction.options.getFocused()));
      return interaction.respond(fitting.map((tea) => ({ name: tea, value: tea })));
    }
    await interaction.deferReply();
    const first = await interaction.editReply(`${interaction.options.getString("tea")} for ${interaction.options.getNumber("minutes")} minutes`);
    assert.equal(first.id, (await interaction.fetchReply()).id);
    await interaction.followUp({ content: "only for you", flags: MessageFlags.Ephemeral });
    const embed = new EmbedBuilder().setTitle("tea").setColor(0x00aa00);
    await interaction.editReply({ content: "ready to drink", embeds: [embed] });
  },
  shop: (interaction) => {
    const { options } = interaction;
    const size = options.getInteger("size") === 2 ? "large" : "small";
    return interaction.reply(`${size} in ${options.getChannel("channel").name} for ${options.getRole("role").name}`);
  },
  "Greet them": (interaction) => interaction.reply(`hello ${interaction.targetMember.user.username}`),
  "Quote it": (interaction) => interaction.reply(`> ${interaction.targetMessage.content}`),
};
on(Events.InteractionCreate, (interaction) => interactions[interaction.customId ?? interaction.commandName](interaction));

const said = {
  async thread({ message, channel, author }) {
    const made = await message.startThread({ name: "about tea", autoArchiveDuration: 60 });
    await made.send("first");
    await made.members.add(author);
    assert((await made.members.fetch()).has(author.id));
    await made.setArchived(true, "over");
    const alone = await channel.threads.create({ name: "by itself", type: ChannelType.PublicThread });
    await alone.delete();
  },
  async webhook({ channel }) {
    const hook = await channel.createWebhook({ name: "postman" });
    const sent = await hook.send({ content: "by post", username: "the postman" });
    assert(sent.author.username === "the postman" && sent.webhookId === hook.id);
    await hook.editMessage(sent, "by express");
    assert.equal((await hook.fetchMessage(sent.id)).content, "by express");
    await hook.deleteMessage(sent);
    assert((await channel.fetchWebhooks()).has(hook.id));
    await hook.delete();
  },
  async upload({ channel }) {
    const embed = new EmbedBuilder().setTitle("a tea").setDescription("hot").addFields({ name: "a", value: "b" });
    const files = [
      { attachment: Buffer.from("green tea"), name: "tea.txt", description: "a tea" },
      { attachment: Buffer.from("cup"), name: "cup.bin" },
    ];
    const sent = await channel.send({ content: "two files", files, embeds: [embed] });
    assert.deepEqual(sent.attachments.map((file) => file.name), ["tea.txt", "cup.bin"]);
    assert(sent.attachments.first().size === 9 && sent.attachments.first().description === "a tea");
    const edited = await sent.edit({ attachments: [sent.attachments.last()] });
    assert.deepEqual(edited.attachments.map((file) => file.name), ["cup.bin"]);
  },
  async roles({ guild }) {
    const bob = (await guild.members.fetch({ query: "bob", limit: 1 })).first();
    const role = await guild.roles.create({ name: "taster", colors: { primaryColor: 0x112233 }, permissions: [PermissionFlagsBits.KickMembers] });
    await bob.roles.add(role, "he knows");
    await role.edit({ name: "head taster", hoist: true });
    const updated = await guild.members.fetch({ user: bob.id, force: true });
    assert(updated.roles.cache.has(role.id) && updated.permissions.has(PermissionFlagsBits.KickMembers));
    await bob.roles.remove(role);
    await role.delete();
  },
  async channels({ guild, author }) {
    const hidden = [{ id: guild.roles.everyone.id, deny: [PermissionFlagsBits.ViewChannel] }];
    const category = await guild.channels.create({ name: "rooms", type: ChannelType.GuildCategory });
    let made = await guild.channels.create({ name: "cellar", parent: category, permissionOverwrites: hidden, topic: "dark" });
    assert(!made.permissionsFor(author).has(PermissionFlagsBits.ViewChannel));
    assert(made.permissionsFor(guild.members.me).has(PermissionFlagsBits.ViewChannel));
    await made.permissionOverwrites.create(author, { ViewChannel: true, SendMessages: false });
    made = await made.edit({ topic: "darker", rateLimitPerUser: 5 });
    assert(made.topic === "darker" && made.permissionOverwrites.cache.get(author.id).deny.has(PermissionFlagsBits.SendMessages));
    const invite = await made.createInvite({ maxAge: 60 });
    assert(invite.code && invite.channelId === made.id);
    await invite.delete();
    await made.delete("flooded");
    await category.delete();
  },
  async moderate({ guild }) {
    const members = await guild.members.fetch();
    const [rude, worse] = ["rude", "worse"].map((name) => members.find((member) => member.user.username === name));
    await rude.timeout(5 * 60 * 1000, "rude");
    await rude.setNickname("quiet now");
    assert((await guild.members.fetch({ user: rude.id, force: true })).isCommunicationDisabled());
    await rude.kick("rude again");
    await worse.ban({ reason: "worse", deleteMessageSeconds: 3600 });
    assert.deepEqual([...(await guild.bans.fetch()).keys()], [worse.id]);
    await guild.bans.remove(worse);
    const log = await guild.fetchAuditLogs({ limit: 10 });
    const actions = new Set(log.entries.map((entry) => entry.action));
    assert([AuditLogEvent.MemberKick, AuditLogEvent.MemberBanAdd, AuditLogEvent.MemberBanRemove].every((action) => actions.has(action)));
  },
  async history({ channel, message }) {
    const sent = [];
    for (const number of [0, 1, 2]) sent.push(await channel.send(`line ${number}`));
    const lines = (await channel.messages.fetch({ limit: 3, cache: false })).map((message) => message.content);
    assert.deepEqual(lines, ["line 2", "line 1", "line 0"]);
    await sent[0].pin();
    assert.deepEqual((await channel.messages.fetchPins()).items.map((pin) => pin.message.id), [sent[0].id]);
    await sent[0].unpin();
    await channel.sendTyping();
    await channel.bulkDelete(sent.slice(1));
    await sent[0].react("🍵");
    const fetched = await channel.messages.fetch({ message: sent[0].id, force: true });
    assert.deepEqual([...(await fetched.reactions.cache.first().users.fetch()).keys()], [client.user.id]);
    await fetched.reactions.removeAll();
  },
  async poll({ channel }) {
    const answers = [{ text: "green", emoji: "🍵" }, { text: "black" }];
    const poll = { question: { text: "Which tea?" }, answers, duration: 1, allowMultiselect: false };
    const sent = await channel.send({ poll });
    assert.deepEqual(sent.poll.answers.map((answer) => answer.text), ["green", "black"]);
    await sent.poll.end();
  },
  async private({ author, channel }) {
    const sent = await author.send("between us");
    assert(sent.channel.isDMBased() && sent.channel.recipientId === author.id);
    const forwarded = await sent.forward(channel);
    assert.equal(forwarded.messageSnapshots.first().content, "between us");
  },
  async plan({ guild }) {
    const event = await guild.scheduledEvents.create({
      name: "tasting", scheduledStartTime: tomorrow(), scheduledEndTime: tomorrow() + 3_600_000,
      entityType: GuildScheduledEventEntityType.External, entityMetadata: { location: "here" },
      privacyLevel: GuildScheduledEventPrivacyLevel.GuildOnly,
    });
    assert.equal((await guild.scheduledEvents.fetch({ guildScheduledEvent: event.id, force: true })).name, "tasting");
    await event.delete();
    const rule = await guild.autoModerationRules.create({
      name: "no coffee", eventType: AutoModerationRuleEventType.MessageSend,
      triggerType: AutoModerationRuleTriggerType.Keyword, triggerMetadata: { keywordFilter: ["coffee"] },
      actions: [{ type: AutoModerationActionType.BlockMessage }],
    });
    assert.deepEqual(rule.triggerMetadata.keywordFilter, ["coffee"]);
    await rule.delete();
  },
  async emojis({ guild, message }) {
    const made = await guild.emojis.create({ name: "cup", attachment: `data:image/png;base64,${PIXEL}` });
    await message.react(made);
    await made.edit({ name: "mug" });
    assert.deepEqual((await guild.emojis.fetch()).map((emoji) => emoji.name), ["mug"]);
    await made.delete();
  },
  quit: () => client.destroy(),
};
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAACklEQVR4nGMAAQAABQABDQottAAAAABJRU5ErkJggg==";

on(Events.MessageCreate, async (message) => {
  const name = message.content.slice(1);
  if (!message.content.startsWith("!") || !(name in said)) return;
  const { author, channel, guild } = message;
  await said[name]({ author, channel, guild, message });
  if (name !== "quit") await channel.send(`${name}: done`);
});

on(Events.ClientReady, async () => {
  await client.application.commands.set(registered);
  await client.channels.cache.find((channel) => channel.name === "general").send("ready");
});

client.on(Events.Debug, console.log);
process.on("unhandledRejection", fail);
await client.login(token);
