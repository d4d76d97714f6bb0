package dev.baton.app.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.baton.cli.shared.LocaleText;
import dev.baton.core.domain.error.FileFaults;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads a configuration: unknown keys and wrong types are refused with their line, {@code ${NAME}}
 * is taken from the environment, and {@code BATON_SECTION_KEY} overrides a key.
 */
public final class ConfigLoader {
  private static final String PREFIX = "BATON_";
  private static final char LOST = '\uFFFD';
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private final Map<String, String> environment;

  public ConfigLoader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The defaults, as the environment overrides them. */
  public Config defaults() {
    boolean overridden = environment.keySet().stream().anyMatch(name -> name.startsWith(PREFIX));
    // Reading nothing would cost a fifth of the start-up time.
    return overridden ? parse("", "the environment") : Config.DEFAULT;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException when it can't be read or says what Baton does not know
   */
  public Config load(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new ConfigException("can't read %s: %s".formatted(file, FileFaults.why(e)), e);
    }
  }

  Config parse(String yaml, String source) {
    try {
      String text = withVariables(yaml, source);
      refuseAliases(text, source);
      JsonNode tree = YAML.readTree(text);
      boolean empty = tree.isMissingNode() || tree.isNull();
      if (!empty) {
        // Once for the errors with their lines, and below for the values with the overrides.
        YAML.readValue(text, Config.class);
      }
      ObjectNode root = tree instanceof ObjectNode sections ? sections : YAML.createObjectNode();
      override(root);
      return YAML.treeToValue(root, Config.class);
    } catch (JacksonException e) {
      throw new ConfigException(source + where(e) + ": " + what(e), e);
    } catch (IOException e) {
      throw new ConfigException("can't read %s: %s".formatted(source, FileFaults.why(e)), e);
    }
  }

  /** The reader would take an alias for its name, which nobody who writes one means. */
  private static void refuseAliases(String yaml, String source) throws IOException {
    try (YAMLParser parser = YAML.getFactory().createParser(yaml)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias()) {
          throw new ConfigException(
              "%s, line %d: aliases are not read: write the value out"
                  .formatted(source, parser.currentLocation().getLineNr()));
        }
      }
    }
  }

  private String withVariables(String yaml, String source) {
    Matcher matcher = VARIABLE.matcher(yaml);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      if (isComment(yaml.substring(yaml.lastIndexOf('\n', matcher.start()) + 1, matcher.start()))) {
        continue;
      }
      String name = matcher.group(1);
      String value = variable(name);
      if (value == null) {
        long line = yaml.substring(0, matcher.start()).lines().count();
        throw new ConfigException(
            "%s, line %d: the environment has no %s".formatted(source, Math.max(1, line), name));
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(text).toString();
  }

  /** What Java lost in decoding must not be taken for what was said. */
  private @Nullable String variable(String name) {
    String value = environment.get(name);
    if (value != null && value.indexOf(LOST) >= 0) {
      throw new ConfigException(
          "%s of the environment is not readable in this locale: %s"
              .formatted(name, LocaleText.ADVICE));
    }
    return value;
  }

  /** Whether what follows this beginning of a line is a comment. */
  private static boolean isComment(String before) {
    char quote = 0;
    for (int i = 0; i < before.length(); i++) {
      char c = before.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '#' && (i == 0 || Character.isWhitespace(before.charAt(i - 1)))) {
        return true;
      }
    }
    return false;
  }

  private void override(ObjectNode root) {
    for (RecordComponent section : Config.class.getRecordComponents()) {
      if (!section.getType().isRecord()) {
        // A list has no names to override.
        continue;
      }
      for (RecordComponent key : section.getType().getRecordComponents()) {
        String name = snakeCase(key.getName());
        String variable =
            PREFIX
                + section.getName().toUpperCase(Locale.ROOT)
                + "_"
                + name.toUpperCase(Locale.ROOT);
        String value = variable(variable);
        if (value != null) {
          ObjectNode values =
              root.get(section.getName()) instanceof ObjectNode known
                  ? known
                  : root.putObject(section.getName());
          if (List.class.isAssignableFrom(key.getType())) {
            values.set(name, YAML.valueToTree(new ArrayList<>(List.of(value.split(",", -1)))));
          } else {
            values.put(name, value);
          }
        }
      }
    }
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static String where(JacksonException e) {
    if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
      return ", line " + (yaml.getProblemMark().getLine() + 1);
    }
    JsonLocation location = e.getLocation();
    return location == null || location.getLineNr() < 1 ? "" : ", line " + location.getLineNr();
  }

  private static String what(JacksonException e) {
    if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblem() != null) {
      return yaml.getProblem();
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "there is no key '%s'; known here: %s"
          .formatted(unknown.getPropertyName(), unknown.getKnownPropertyIds());
    }
    if (e instanceof JsonMappingException mapping
        && mapping.getCause() instanceof IllegalArgumentException rule) {
      return String.valueOf(rule.getMessage());
    }
    String key = e instanceof JsonMappingException mapping ? key(mapping) : "";
    String problem =
        e instanceof MismatchedInputException mismatch
            ? WrongTypes.problem(mismatch)
            : e.getOriginalMessage();
    return key.isEmpty() ? problem : key + ": " + problem;
  }

  private static String key(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."));
  }
}
