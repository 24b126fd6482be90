package io.bitwright.frontend.language.syntax;

import io.bitwright.frontend.language.grammar.BwLexer;
import io.bitwright.frontend.language.grammar.BwParser;
import io.bitwright.frontend.language.syntax.SourceFile.Definition;
import io.bitwright.frontend.language.value.ParameterType;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.diag.NearestNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;

/** Reads the text of one file; stops at its first error. */
public final class DescriptionParser {
  /** Longest file, in characters. */
  public static final int LONGEST = 1_000_000;
  private final String file;
  private final Places places;
  private final StatementReader statements;

  private DescriptionParser(String file) {
    this.file = file;
    this.places = new Places(file);
    this.statements = new StatementReader(places);
  }

  /**
   * Parses a file.
   *
   * @param file  its name for messages
   * @throws DiagnosticException at its first syntax error
   */
  public static SourceFile parse(String file, String text) {
    if (text.length() > LONGEST) {
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_TOO_LARGE, new SourceLocation(file, 1, 1, ""),
          "the file's number of characters", text.length(), LONGEST);
    }
    BwLexer lexer = new BwLexer(CharStreams.fromString(text, file));
    lexer.removeErrorListeners();
    CommonTokenStream tokens = new CommonTokenStream(lexer);
    tokens.fill();
    new NestingLimits(file).check(tokens.getTokens());
    BwParser parser = new BwParser(tokens);
    parser.removeErrorListeners();
    parser.addErrorListener(new SyntaxErrors(file));
    return new DescriptionParser(file).file(parser.file(), comment(tokens.getTokens()));
  }

  private static String comment(List<Token> tokens) {
    StringBuilder text = new StringBuilder();
    for (Token token : tokens) {
      if (token.getType() == BwLexer.COMMENT) {
        text.append(token.getText().substring(1).strip()).append('\n');
      } else if (token.getType() != BwLexer.SPACE || token.getText().chars().filter(c -> c == '\n').count() > 1) {
        break;
      }
    }
    return text.toString().strip();
  }

  private SourceFile file(BwParser.FileContext tree, String comment) {
    List<SourceFile.Import> imports = tree.importFile().stream()
        .map(i -> new SourceFile.Import(places.of(i.STRING()), Places.unquote(i.STRING().getText()))).toList();
    return new SourceFile(file, comment, imports, tree.definition().stream().map(this::definition).toList());
  }

  private Definition definition(BwParser.DefinitionContext tree) {
    if (tree instanceof BwParser.ConstantDefinitionContext c) {
      return new Definition.Constant(places.of(c.ID()), c.ID().getText(), statements.expressions().read(c.expr()));
    } else if (tree instanceof BwParser.NetworkDefinitionContext n) {
      return block(n.ID(), true, n.parameters(), n.body());
    }
    BwParser.BlockDefinitionContext b = (BwParser.BlockDefinitionContext) tree;
    return block(b.ID(), false, b.parameters(), b.body());
  }

  private Definition block(org.antlr.v4.runtime.tree.TerminalNode name, boolean network,
      BwParser.ParametersContext parameters, BwParser.BodyContext body) {
    List<SourceFile.Parameter> read = new ArrayList<>();
    if (parameters != null) {
      parameters.parameter().forEach(p -> read.add(parameter(p)));
    }
    return new Definition.Block(places.of(name), name.getText(), network, read, statements.read(body),
        places.of(body.getStop()));
  }

  private SourceFile.Parameter parameter(BwParser.ParameterContext tree) {
    Optional<Expr> fallback = Optional.ofNullable(tree.expr()).map(statements.expressions()::read);
    return new SourceFile.Parameter(places.of(tree.ID()), tree.ID().getText(), type(tree.type()), fallback);
  }

  private ParameterType type(BwParser.TypeContext tree) {
    if (tree.ID() == null) {
      return ParameterType.choice(tree.STRING().stream().map(s -> Places.unquote(s.getText())).toList());
    }
    String name = tree.ID().getText();
    return ParameterType.named(name).orElseThrow(() -> DiagnosticException.of(DiagnosticId.LANGUAGE_UNKNOWN_NAME,
        places.of(tree.ID()), "type", name, NearestNames.nearest(name, ParameterType.NAMES)));
  }
}
