package jlocal.addons;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jlocal.addons.AddOnService.Trait;
import jlocal.os.Signal;

/** Memcached. It needs no password, but accepts clients that send one (SASL). */
final class Memcached implements AddOnService.Server {
  static final AddOnService SERVICE =
      new AddOnService(
          List.of("memcachier", "memcached"),
          "memcached",
          "Memcached",
          "MEMCACHIER",
          new AddOnService.Programs(
              List.of("memcached"), List.of(), List.of(), "memcached", List.of("memcached"), ""),
          List.of(Trait.REFUSES_ROOT),
          Signal.TERM,
          new Memcached());

  private static final byte[] VERSION = "version\r\n".getBytes(StandardCharsets.US_ASCII);

  @Override
  public void make(AddOn addOn, Path data) {
    // It stores no data.
  }

  @Override
  public String command(AddOn addOn) {
    return "memcached -l 127.0.0.1 -U 0 -p " + addOn.port();
  }

  @Override
  public boolean answers(AddOn addOn) {
    return AddOnService.ask(addOn.port(), VERSION).startsWith("VERSION");
  }

  @Override
  public SequencedMap<String, String> variables(AddOn addOn) {
    var all = new LinkedHashMap<String, String>();
    all.put(addOn.attachment() + "_SERVERS", "127.0.0.1:" + addOn.port());
    all.put(addOn.attachment() + "_USERNAME", "app");
    all.put(addOn.attachment() + "_PASSWORD", addOn.password());
    return all;
  }
}
