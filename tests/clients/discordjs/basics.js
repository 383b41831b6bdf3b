// A bot as people write them with discord.js; what it asserts is what it must find in its cache.

import assert from "node:assert/strict";
import {
  ActionRowBuilder, ButtonBuilder, ButtonStyle, Client, Events, GatewayIntentBits, Partials, PermissionFlagsBits,
  SlashCommandBuilder,
} from "discord.js";
import { rest, token } from "./simulated.js";

const intents = Object.values(GatewayIntentBits).filter((bit) => typeof bit === "number");
const client = new Client({ intents, partials: [Partials.Message, Partials.Reaction], rest });

/** Whatever a handler throws ends the process: the driver sees it. */
const on = (event, handler) => client.on(event, (...args) => Promise.resolve(handler(...args)).catch(fail));
function fail(error) {
  console.error(error);
  process.exit(1);
}

const greet = new SlashCommandBuilder()
  .setName("greet")
  .setDescription("Greets somebody")
  .addUserOption((option) => option.setName("who").setDescription("whom").setRequired(true))
  .addIntegerOption((option) => option.setName("times").setDescription("how often").setMinValue(1).setMaxValue(5));

on(Events.ClientReady, async () => {
  const synced = await client.application.commands.set([greet]);
  assert.deepEqual([...synced.values()].map((command) => command.name), ["greet"]);
  const guild = client.guilds.cache.find((guild) => guild.name === "tea house");
  assert(guild.large && guild.members.me.id === client.user.id);
  assert.deepEqual(guild.channels.cache.filter((c) => c.isTextBased() && !c.isVoiceBased()).map((c) => c.name), ["general", "quiet"]);
  assert(guild.members.me.permissions.has(PermissionFlagsBits.Administrator));
  assert(guild.memberCount > guild.members.cache.size, "a large guild comes without its members");
  const library = client.guilds.cache.find((guild) => guild.name === "library");
  assert.deepEqual(library.members.cache.map((member) => member.user.username).sort(), ["ada", "owner", "polycord"]);
  assert.equal(library.members.cache.find((member) => member.user.username === "ada").presence.status, "online");
  const general = guild.channels.cache.find((channel) => channel.name === "general");
  await general.send(`ready: ${client.guilds.cache.size} guilds`);
});

on(Events.MessageCreate, async (message) => {
  if (message.content === "!ping") {
    const reply = await message.reply("pong");
    assert(reply.reference.messageId === message.id && reply.author.id === client.user.id);
    await reply.edit("pong, edited");
    await message.react("✅");
  } else if (message.content === "!members") {
    const members = await message.guild.members.fetch();
    assert(members.size === message.guild.memberCount && members.size === message.guild.members.cache.size);
    const found = await message.guild.members.fetch({ query: "guest 7", limit: 5 });
    assert(found.size === 5 && found.every((member) => member.user.username.startsWith("guest 7")));
    const bob = members.find((member) => member.user.username === "bob");
    await message.channel.send(`${members.size} members, ${bob.roles.highest.name}`);
  } else if (message.content.startsWith("!count ")) {
    await message.channel.send(`heard ${message.content.slice("!count ".length)}`);
  } else if (message.content === "!quit") {
    await client.destroy();
  }
});

on(Events.MessageReactionAdd, async (reaction, user) => {
  if (user.id !== client.user.id) await reaction.message.channel.send(`${user.username} reacted with ${reaction.emoji.name}`);
});

on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isChatInputCommand()) {
    const { options } = interaction;
    const again = new ButtonBuilder().setCustomId("again").setLabel("Again").setStyle(ButtonStyle.Primary);
    const content = "hello " + `${options.getMember("who").user.username} `.repeat(options.getInteger("times"));
    await interaction.reply({ content, components: [new ActionRowBuilder().addComponents(again)] });
  } else if (interaction.isButton()) {
    assert(interaction.message.components.length > 0, "a press comes with its message");
    await interaction.update({ content: `pressed by ${interaction.user.username}`, components: [] });
  }
});

client.on(Events.ShardResume, () => console.log("resumed"));
client.on(Events.Debug, console.log);
process.on("unhandledRejection", fail);
await client.login(token);
