package jlocal.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What tells coding agents of jlocal: a text for the model, and settings for the usual clients. */
public final class AgentFiles {
  private static final String AGENTS = "AGENTS.md";

  /** What is in the text from the first line on, so that it is written once. */
  private static final String MARK = "## Running this app: jlocal";

  private static final String SERVERS =
      """
      {
        "KEY": {
          "jlocal": {
            "command": "jlocal",
            "args": ["mcp"]
          }
        }
      }
      """;

  private static final String TOML =
      """
      [mcp_servers.jlocal]
      command = "jlocal"
      args = ["mcp"]
      """;

  private AgentFiles() {}

  /**
   * A file of a project.
   *
   * @param clients who reads it
   * @param text all of it, or what is added at the end of one that exists
   * @param exists whether it is there
   */
  public record AgentFile(Path path, String clients, String text, boolean exists) {}

  /** The text for the model. */
  public static String skill() {
    return text("skill.md");
  }

  /** A resource of this package. */
  static String text(String resource) {
    try (InputStream text = AgentFiles.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All, as if none were there; the paths of those of the user begin with {@code ~}. */
  public static List<AgentFile> all() {
    return List.of(
        new AgentFile(Path.of(AGENTS), "most agents; also CLAUDE.md, a SKILL.md", skill(), false),
        settings(".mcp.json", "Claude Code", "mcpServers"),
        settings(".vscode/mcp.json", "VS Code", "servers"),
        settings(".cursor/mcp.json", "Cursor", "mcpServers"),
        settings(".gemini/settings.json", "Gemini CLI", "mcpServers"),
        new AgentFile(Path.of("~/.codex/config.toml"), "Codex", TOML, false));
  }

  private static AgentFile settings(String path, String client, String key) {
    return new AgentFile(Path.of(path), client, SERVERS.replace("KEY", key), false);
  }

  /**
   * What is to be written into a project: the text, the settings that lie beside it, and those of a
   * client whose folder it has. Settings that are there are the person's to change.
   */
  public static List<AgentFile> missingIn(Path root) throws IOException {
    var missing = new ArrayList<AgentFile>();
    for (AgentFile file : all()) {
      Path path = root.resolve(file.path());
      Path folder = path.getParent();
      if (file.path().startsWith("~") || folder == null || !Files.isDirectory(folder)) continue;
      boolean isText = file.path().endsWith(AGENTS);
      boolean exists = Files.exists(path);
      if (exists && (!isText || Files.readString(path).contains(MARK))) continue;
      missing.add(
          new AgentFile(file.path(), file.clients(), (exists ? "\n" : "") + file.text(), exists));
    }
    return missing;
  }
}
