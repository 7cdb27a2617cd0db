package jlocal.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import jlocal.formation.InstanceName;
import jlocal.os.ChildOutput;

/** Collects the output of instances. */
final class Collected implements ProcessManager.OutputReader {
  private final Map<InstanceName, String> texts = new ConcurrentHashMap<>();

  String of(InstanceName name) {
    return texts.getOrDefault(name, "");
  }

  @Override
  public CompletionStage<Void> read(InstanceName name, ChildOutput output) {
    var end = new CompletableFuture<Void>();
    output.readBy(() -> {
      readAll(name, output);
      end.complete(null);
    });
    return end;
  }

  private void readAll(InstanceName name, ChildOutput output) {
    var buffer = ByteBuffer.allocateDirect(8192);
    try (output) {
      while (output.read(buffer) >= 0) {
        texts.merge(name, StandardCharsets.UTF_8.decode(buffer.flip()).toString(), String::concat);
        buffer.clear();
      }
    } catch (IOException e) {
      texts.merge(name, e.toString(), String::concat);
    }
  }
}
