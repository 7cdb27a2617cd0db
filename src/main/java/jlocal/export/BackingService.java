package jlocal.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import jlocal.text.ResourceTable;
import org.jspecify.annotations.Nullable;

/**
 * A server of the app that runs on this machine, as an add-on does: a database, a cache.
 *
 * @param program that it is, as in servers.txt
 * @param product what has to be installed elsewhere
 * @param major of its version
 * @param port on 127.0.0.1
 * @param variables by which processes find it; the first one stands for it
 */
public record BackingService(
    String name,
    String program,
    String product,
    int major,
    int port,
    String password,
    SequencedMap<String, String> variables) {
  /**
   * A server in a container.
   *
   * @param data the folder of its data; empty for none
   * @param secrets variables that it has for itself
   * @param environment assignments for all to read
   * @param command by a shell; empty for that of the image
   * @param question a command that ends with 0 when it is ready
   */
  record Container(
      BackingService service,
      String image,
      int port,
      String data,
      Map<String, String> secrets,
      List<String> environment,
      String command,
      String question) {
    String name() {
      return service.name;
    }
  }

  /** What runs it in a container; null when nothing is known for it. */
  @Nullable Container container() {
    for (String row : ResourceTable.lines(BackingService.class, "servers.txt")) {
      String[] cells = row.split(" *[|] ?", 8);
      if (!List.of(cells[0].split(" ", -1)).contains(program)) continue;
      return new Container(
          this,
          cells[1].replace("MAJOR", "" + major),
          Integer.parseInt(cells[2]),
          cells[3],
          cells[4].isEmpty() ? Map.of() : Map.of(cells[4], password),
          cells[5].isEmpty() ? List.of() : List.of(cells[5].split(" ", -1)),
          cells[6],
          cells[7]);
    }
    return null;
  }

  /** The variables when it is reached at another place. */
  SequencedMap<String, String> variables(String host, int otherPort) {
    var all = new LinkedHashMap<>(variables);
    String here = "127.0.0.1:" + port;
    all.replaceAll((_, value) -> {
      if (value.equals("127.0.0.1")) return host;
      return value.equals("" + port) ? "" + otherPort : value.replace(here, host + ":" + otherPort);
    });
    return all;
  }
}
