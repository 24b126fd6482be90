/* The network description language; docs/language.md explains it. */
grammar Bw;

file : importFile* definition* EOF ;

importFile : IMPORT STRING ;

definition
  : NETWORK ID '(' parameters? ')' body  # networkDefinition
  | BLOCK ID '(' parameters? ')' body    # blockDefinition
  | LET ID '=' expr                      # constantDefinition
  ;

parameters : parameter (',' parameter)* ','? ;

parameter : ID ':' type ('=' expr)? ;

type
  : ID
  | STRING ('|' STRING)*
  ;

body : '{' statement* '}' ;

statement
  : LET ID (',' ID)* '=' expr                            # letStatement
  | ID '=' expr                                          # assignStatement
  | INPUT ID ':' expr                                    # inputStatement
  | FOR ID (',' ID)* IN expr body                        # forStatement
  | IF expr body (ELSE IF expr body)* (ELSE body)?       # ifStatement
  | RETURN expr (',' expr)*                              # returnStatement
  | REQUIRE expr ',' expr                                # requireStatement
  ;

expr
  : primary                                              # primaryExpr
  | expr '.' ID                                          # memberExpr
  | expr '[' expr ']'                                    # indexExpr
  | '-' expr                                             # negateExpr
  | expr op=('*' | '/' | '//' | '%') expr                # productExpr
  | expr op=('+' | '-') expr                             # sumExpr
  | expr '..' expr                                       # rangeExpr
  | expr '|>' step                                       # pipeExpr
  | expr op=('==' | '!=' | '<' | '<=' | '>' | '>=') expr # compareExpr
  | NOT expr                                             # notExpr
  | expr AND expr                                        # andExpr
  | expr OR expr                                         # orExpr
  | IF expr THEN expr ELSE expr                          # ifExpr
  ;

step
  : ID ('(' arguments? ')')?                             # callStep
  | '[' chain (',' chain)* ','? ']'                      # branchStep
  ;

chain : step ('|>' step)* ;

primary
  : literal                                              # literalPrimary
  | ID '(' arguments? ')'                                # callPrimary
  | ID                                                   # namePrimary
  | '(' expr ')'                                         # nestedPrimary
  | '[' (expr (',' expr)* ','?)? ']'                     # listPrimary
  | TABLE '{' header row* '}'                            # tablePrimary
  ;

literal : INT | REAL | STRING | TRUE | FALSE ;

arguments : argument (',' argument)* ','? ;

argument : (ID '=')? expr ;

header : ID+ ';' ;

row : cell+ ';' ;

cell
  : '-'? (INT | REAL)
  | STRING
  | TRUE
  | FALSE
  | ID
  | '(' expr ')'
  | '[' (expr (',' expr)* ','?)? ']'
  ;

IMPORT : 'import' ;
NETWORK : 'network' ;
BLOCK : 'block' ;
LET : 'let' ;
INPUT : 'input' ;
FOR : 'for' ;
IN : 'in' ;
IF : 'if' ;
THEN : 'then' ;
ELSE : 'else' ;
RETURN : 'return' ;
REQUIRE : 'require' ;
TABLE : 'table' ;
NOT : 'not' ;
AND : 'and' ;
OR : 'or' ;
TRUE : 'true' ;
FALSE : 'false' ;

ID : [A-Za-z_] [A-Za-z_0-9]* ;
REAL : [0-9]+ '.' [0-9]+ EXPONENT? | [0-9]+ EXPONENT ;
INT : [0-9]+ ;
fragment EXPONENT : [eE] [+-]? [0-9]+ ;
STRING : '"' ~["\r\n]* '"' ;

COMMENT : '#' ~[\r\n]* -> channel(HIDDEN) ;
SPACE : [ \t\r\n]+ -> channel(HIDDEN) ;
/* Anything else, so that the parser reports it at its place. */
UNKNOWN : . ;
