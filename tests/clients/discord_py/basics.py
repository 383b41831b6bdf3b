"""A bot as people write them with discord.py; what it asserts is what it must find in its cache."""

import logging
import sys

import discord
from discord import app_commands

from simulated import TOKEN


class Again(discord.ui.View):
    @discord.ui.button(label="Again", style=discord.ButtonStyle.primary, custom_id="again")
    async def again(self, interaction: discord.Interaction, button: discord.ui.Button):
        assert interaction.message and interaction.message.components, "a press comes with its message"
        await interaction.response.edit_message(content="pressed by " + interaction.user.name, view=None)


class Bot(discord.Client):
    def __init__(self):
        super().__init__(intents=discord.Intents.all(), chunk_guilds_at_startup=False)
        self.failed = False
        self.tree = app_commands.CommandTree(self)
        self.tree.on_error = self.on_error

    async def setup_hook(self):
        @self.tree.command(description="Greets somebody")
        @app_commands.describe(who="whom", times="how often")
        async def greet(interaction: discord.Interaction, who: discord.Member, times: app_commands.Range[int, 1, 5]):
            await interaction.response.send_message("hello " + f"{who.name} " * times, view=Again())

        synced = await self.tree.sync()
        assert [command.name for command in synced] == ["greet"]
        assert self.application and self.application.id == self.application_id

    async def on_ready(self):
        guild = discord.utils.get(self.guilds, name="tea house")
        assert guild and guild.large and guild.me.id == self.user.id
        assert [channel.name for channel in guild.text_channels] == ["general", "quiet"]
        assert guild.text_channels[0].permissions_for(guild.me).administrator
        assert guild.member_count > len(guild.members) > 0, "a large guild comes without its members"
        library = discord.utils.get(self.guilds, name="library")
        assert {member.name for member in library.members} == {"polycord", "owner", "ada"}
        assert library.get_member_named("ada").status == discord.Status.online
        await guild.text_channels[0].send(f"ready: {len(self.guilds)} guilds")

    async def on_message(self, message: discord.Message):
        if message.content == "!ping":
            reply = await message.reply("pong")
            assert reply.reference.message_id == message.id and reply.author == self.user
            await reply.edit(content="pong, edited")
            await message.add_reaction("\N{WHITE HEAVY CHECK MARK}")
        elif message.content == "!members":
            members = await message.guild.chunk()
            assert len(members) == message.guild.member_count == len(message.guild.members) and message.guild.chunked
            found = await message.guild.query_members("guest 7", limit=5)
            assert len(found) == 5 and all(member.name.startswith("guest 7") for member in found)
            await message.channel.send(f"{len(members)} members, {message.guild.get_member_named('bob').top_role.name}")
        elif message.content.startswith("!count"):
            await message.channel.send("heard " + message.content.removeprefix("!count "))
        elif message.content == "!quit":
            await self.close()

    async def on_reaction_add(self, reaction: discord.Reaction, user: discord.Member):
        if user != self.user:
            await reaction.message.channel.send(f"{user.name} reacted with {reaction.emoji}")

    async def on_resumed(self):
        print("resumed")

    async def on_error(self, *_):
        logging.getLogger("bot").exception("a handler failed")
        self.failed = True
        await self.close()


bot = Bot()
bot.run(TOKEN, log_level=logging.DEBUG)
sys.exit(bot.failed)
