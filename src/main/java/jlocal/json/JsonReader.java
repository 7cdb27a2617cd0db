package jlocal.json;

import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.json.JsonValue.JsonArray;
import jlocal.json.JsonValue.JsonLiteral;
import jlocal.json.JsonValue.JsonObject;
import jlocal.json.JsonValue.JsonString;
import jlocal.json.JsonValue.Member;

/** Parses JSON strictly by RFC 8259: no comments, trailing commas or bare words. */
public final class JsonReader {
  private static final int MAX_DEPTH = 200;
  private static final Pattern LITERAL =
      Pattern.compile("true|false|null|-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?");

  private final String text;
  private final Matcher literal;
  private int at;
  private int line = 1;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
    this.literal = LITERAL.matcher(text);
  }

  /** Parses a text that is one value. Nesting deeper than 200 levels is rejected. */
  public static JsonValue read(String text) throws SyntaxException {
    var reader = new JsonReader(text);
    JsonValue value = reader.value();
    reader.skipBlanks();
    if (reader.at < text.length()) throw reader.syntaxError("there is more text after its end");
    return value;
  }

  private JsonValue value() throws SyntaxException {
    skipBlanks();
    return switch (peek()) {
      case '{' -> nested(this::object);
      case '[' -> nested(this::array);
      case '"' -> new JsonString(string(), line);
      default -> literal();
    };
  }

  private interface Nested {
    JsonValue read() throws SyntaxException;
  }

  private JsonValue nested(Nested value) throws SyntaxException {
    if (++depth > MAX_DEPTH) throw syntaxError("it is nested deeper than " + MAX_DEPTH + " levels");
    at++;
    JsonValue read = value.read();
    depth--;
    return read;
  }

  private JsonObject object() throws SyntaxException {
    var members = new ArrayList<Member>();
    if (skip('}')) return new JsonObject(members);
    do {
      skipBlanks();
      if (peek() != '"') throw syntaxError("a name in double quotes is missing");
      String name = string();
      if (!skip(':')) throw syntaxError("':' is missing after a name");
      members.add(new Member(name, value()));
    } while (skip(','));
    if (!skip('}')) throw syntaxError("',' or '}' is missing");
    return new JsonObject(members);
  }

  private JsonArray array() throws SyntaxException {
    var items = new ArrayList<JsonValue>();
    if (skip(']')) return new JsonArray(items);
    do {
      items.add(value());
    } while (skip(','));
    if (!skip(']')) throw syntaxError("',' or ']' is missing");
    return new JsonArray(items);
  }

  private JsonLiteral literal() throws SyntaxException {
    if (!literal.region(at, text.length()).lookingAt()) throw syntaxError("a value is missing");
    at = literal.end();
    return new JsonLiteral(literal.group(), line);
  }

  private String string() throws SyntaxException {
    var string = new StringBuilder();
    for (at++; peek() != '"'; at++) {
      char c = (char) peek();
      if (at >= text.length() || c == '\n') throw syntaxError("a string is not closed on its line");
      if (c < ' ') throw syntaxError("a string holds a control character");
      string.append(c == '\\' ? escape() : c);
    }
    at++;
    if (hasLoneSurrogate(string))
      throw syntaxError("a string holds half a character (lone \\uD800)");
    return string.toString();
  }

  /** Returns the character of the escape at {@code at}, and moves to its last character. */
  private char escape() throws SyntaxException {
    at++;
    return switch (peek()) {
      case '"', '\\', '/' -> (char) peek();
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> codeUnit();
      default -> throw syntaxError("a string holds an unknown escape");
    };
  }

  private char codeUnit() throws SyntaxException {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      at++;
      int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) throw syntaxError("\\u needs four hexadecimal digits");
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  private static boolean hasLoneSurrogate(CharSequence string) {
    return string.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  private boolean skip(char wanted) {
    skipBlanks();
    if (peek() != wanted) return false;
    at++;
    return true;
  }

  private void skipBlanks() {
    for (; " \t\n\r".indexOf(peek()) >= 0; at++) if (peek() == '\n') line++;
  }

  /** Returns the next character, or -1 at the end. */
  private int peek() {
    return at < text.length() ? text.charAt(at) : -1;
  }

  private SyntaxException syntaxError(String expected) {
    return new SyntaxException(line, expected);
  }

  /**
   * Thrown when text is not JSON. The message quotes nothing of the text, which may hold secrets.
   */
  public static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;
    private final String expected;

    SyntaxException(int line, String expected) {
      super("line " + line + ": " + expected);
      this.line = line;
      this.expected = expected;
    }

    /** Where parsing stopped, from 1. */
    public int line() {
      return line;
    }

    /** What is wrong: {@code ',' or '}' is missing}. */
    public String expected() {
      return expected;
    }
  }
}
