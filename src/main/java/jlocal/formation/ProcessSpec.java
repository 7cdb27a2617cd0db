package jlocal.formation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import jlocal.procfile.Procfile.Command;

/**
 * The specification of an instance.
 *
 * @param environment overlays the caller's environment: the config vars, then PORT, DYNO and so on,
 *     which config vars cannot change, then the variables of its type
 * @param own the settings of its type
 */
public record ProcessSpec(
    InstanceName name,
    Command command,
    int port,
    SequencedMap<String, String> environment,
    TypeSettings own) {
  /** A specification without settings of its type. */
  public ProcessSpec(
      InstanceName name, Command command, int port, SequencedMap<String, String> environment) {
    this(name, command, port, environment, TypeSettings.NONE);
  }

  public ProcessSpec {
    environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
  }

  public ProcessSpec with(Command other) {
    return new ProcessSpec(name, other, port, environment, own);
  }

  public ProcessSpec with(Map<String, String> variables) {
    var all = new LinkedHashMap<>(environment);
    all.putAll(variables);
    return new ProcessSpec(name, command, port, all, own);
  }

  /** Returns a copy with the settings of its type. */
  public ProcessSpec with(TypeSettings settings) {
    ProcessSpec spec = with(settings.environment());
    int where = settings.isService() ? settings.servicePort() : port;
    return new ProcessSpec(name, command, where, spec.environment, settings);
  }
}
