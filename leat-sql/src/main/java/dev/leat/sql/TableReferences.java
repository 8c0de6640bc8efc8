package dev.leat.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The relations that parsed SQL names in its FROM clauses, but for those its WITH makes. */
final class TableReferences {
  private final List<Reference> references = new ArrayList<>();

  record Reference(String name, SqlParserPos at) {}

  private TableReferences() {}

  static List<Reference> of(SqlNode query) {
    TableReferences finder = new TableReferences();
    finder.visit(query, Set.of());
    return List.copyOf(finder.references);
  }

  /**
   * @param made names that a WITH around here gives
   */
  private void visit(SqlNode node, Set<String> made) {
    switch (node) {
      case null -> {}
      case SqlWith with -> with(with, made);
      case SqlSelect select -> {
        for (SqlNode part : select.getOperandList()) {
          if (part != null && part == select.getFrom()) {
            from(part, made);
          } else {
            visit(part, made);
          }
        }
      }
      case SqlNodeList list -> list.forEach(n -> visit(n, made));
      case SqlCall call when call.getKind() == SqlKind.EXPLICIT_TABLE ->
          from(call.getOperandList().getFirst(), made);
      case SqlCall call -> call.getOperandList().forEach(n -> visit(n, made));
      default -> {}
    }
  }

  private void with(SqlWith with, Set<String> made) {
    Set<String> more = new HashSet<>(made);
    for (SqlNode node : with.withList) {
      SqlWithItem item = (SqlWithItem) node;
      String name = Catalog.folded(item.name.getSimple());
      if (item.recursive.booleanValue()) {
        more.add(name);
      }
      visit(item.query, more);
      more.add(name);
    }
    visit(with.body, more);
  }

  private void from(SqlNode node, Set<String> made) {
    switch (node) {
      case SqlIdentifier id -> {
        String name = id.names.getLast();
        if (!made.contains(Catalog.folded(name))) {
          references.add(new Reference(name, id.getParserPosition()));
        }
      }
      case SqlJoin join -> {
        from(join.getLeft(), made);
        from(join.getRight(), made);
        visit(join.getCondition(), made);
      }
      case SqlBasicCall call when call.getKind() == SqlKind.AS -> from(call.operand(0), made);
      case SqlBasicCall call when call.getKind() == SqlKind.LATERAL ->
          call.getOperandList().forEach(n -> from(n, made));
      case SqlCall call when call.getKind() == SqlKind.TABLE_REF -> from(call.operand(0), made);
      default -> visit(node, made);
    }
  }
}
