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

/** The files for coding agents: a text for the model, and settings for common clients. */
public final class AgentFiles {
  private static final String AGENTS = "AGENTS.md";

  /** Identifies a file that already contains the text. */
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
   * @param text its whole content, or what is appended to an existing file
   * @param exists whether the file exists
   */
  public record AgentFile(Path path, String clients, String text, boolean exists) {}

  /** Returns the text for the model. */
  public static String skill() {
    return text("skill.md");
  }

  /** Returns a resource of this package. */
  static String text(String resource) {
    try (InputStream text = AgentFiles.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns all files, as if none existed; paths in the user's home begin with {@code ~}. */
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
   * Returns the files to write into a project: the text, its settings, and those of clients whose
   * folder it has. Existing settings are left to the user.
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
