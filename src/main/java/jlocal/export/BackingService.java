package jlocal.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import jlocal.text.ResourceTable;
import org.jspecify.annotations.Nullable;

/**
 * A server of the app on this machine, such as an add-on: a database, a cache.
 *
 * @param program its key in servers.txt
 * @param product the software to install elsewhere
 * @param major version
 * @param port on 127.0.0.1
 * @param variables with its address for processes, the main one first
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
   * @param secrets its own variables
   * @param environment assignments that are not secret
   * @param command for a shell; empty for that of the image
   * @param question a command that exits with 0 when it is ready
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

  /** Returns the container for it; null if none is known. */
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

  /** Returns the variables for another address. */
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
