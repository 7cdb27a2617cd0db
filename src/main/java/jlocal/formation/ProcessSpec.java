package jlocal.formation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import jlocal.procfile.Procfile.Command;

/**
 * All that is decided about one instance before it is started.
 *
 * @param environment what is laid over the caller's environment: the config vars, then PORT, DYNO
 *     and their like, which a config var never changes, then those of its type
 * @param own what its type has of its own
 */
public record ProcessSpec(
    InstanceName name,
    Command command,
    int port,
    SequencedMap<String, String> environment,
    TypeSettings own) {
  /** One whose type has nothing of its own. */
  public ProcessSpec(
      InstanceName name, Command command, int port, SequencedMap<String, String> environment) {
    this(name, command, port, environment, TypeSettings.NONE);
  }

  public ProcessSpec {
    environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
  }

  /** The same with another command. */
  public ProcessSpec with(Command other) {
    return new ProcessSpec(name, other, port, environment, own);
  }

  /** The same with more variables. */
  public ProcessSpec with(Map<String, String> variables) {
    var all = new LinkedHashMap<>(environment);
    all.putAll(variables);
    return new ProcessSpec(name, command, port, all, own);
  }

  /** The same with what its type has of its own. */
  public ProcessSpec with(TypeSettings settings) {
    ProcessSpec spec = with(settings.environment());
    int where = settings.isService() ? settings.servicePort() : port;
    return new ProcessSpec(name, command, where, spec.environment, settings);
  }
}
