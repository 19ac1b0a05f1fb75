import ts from 'typescript';
import { isIn } from '../places';
import { finding, type Finding, type Rule } from '../rule';
import { program, type SourceFile } from '../source-tree';
import { memberOf, nodesOf } from '../syntax';

/** Where JSON has its say: amounts are whole numbers there, checked when they come in and when they go out. */
const BORDERS = /\.(requests?|response|view|examples)\.ts$/;
/** The same at a gateway whose JSON holds amounts as whole minor units: its bodies, and nothing else of its adapter. */
const WIRES = /^src\/providers\/.+\.wire\.ts$/;

function isInside(path: string): boolean {
  const holdsMoney = /^src\/(modules|providers|shared)\//.test(path);
  return holdsMoney && !BORDERS.test(path) && !WIRES.test(path);
}

const SOUNDS_LIKE_MONEY = /(?:^|_)(?:amount|minor|total)|Amount|Minor|Total/;
const OTHER_UNIT = /(?:Ms|S|Count|Bytes|Index|Exponent|Digits)$/;

const noNumbers: Rule = {
  says: 'no amount of money is a number',
  cure: 'Use Money, a bigint of minor units, or text on the way to the database.',
  find: (tree) =>
    program(tree)
      .filter(({ path }) => isInside(path))
      .flatMap((file) =>
        nodesOf(file).flatMap((node) => {
          const name = isDeclared(node) && isNumber(node) ? node.name.getText() : '';
          const isMoney = SOUNDS_LIKE_MONEY.test(name) && !OTHER_UNIT.test(name);
          return isMoney ? [finding(file, node, `${name} is a number`)] : [];
        }),
      ),
};

type Declared =
  ts.ParameterDeclaration | ts.PropertyDeclaration | ts.PropertySignature | ts.VariableDeclaration;

function isDeclared(node: ts.Node): node is Declared {
  return (
    ts.isParameter(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isVariableDeclaration(node)
  );
}

/** By its type, by a numeric literal, or because it was made with Number(). */
function isNumber(node: Declared): boolean {
  const { type } = node;
  const members = type && ts.isUnionTypeNode(type) ? [...type.types] : type ? [type] : [];
  if (members.some(({ kind }) => kind === ts.SyntaxKind.NumberKeyword)) return true;
  const value = ts.isPropertySignature(node) ? undefined : node.initializer;
  if (type || !value) return false;
  return ts.isNumericLiteral(value) || /^(?:Number\(|Number\.|parseInt\(|\+)/.test(value.getText());
}

const MONEY_FILE = 'src/shared/money/money.ts';

const noConversions: Rule = {
  says: `only ${MONEY_FILE} turns minor units into a number, checked`,
  cure: 'Call minorToJson, which refuses what a JSON reader would round.',
  find: (tree) =>
    program(tree)
      .filter(({ path }) => isInside(path) && path !== MONEY_FILE)
      .flatMap((file) =>
        nodesOf(file)
          .filter((node) => ts.isCallExpression(node))
          .filter(({ expression }) => /^(?:Number|parseInt)$/.test(expression.getText()))
          .filter((call) => call.arguments.some((one) => soundsLikeMoney(one)))
          .map((node) => finding(file, node, node.getText())),
      ),
};

function soundsLikeMoney(node: ts.Node): boolean {
  return /minor|amount/i.test(node.getText());
}

const ROUNDING_CALLS = ['parseFloat', 'toFixed', 'toPrecision'];
/** A hundred cents are no euro in code: the exponent of the currency is asked. */
const HUNDREDS = /^(?:100n?|100\.0+|0?\.01)$/;
const SCALING = [
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.SlashEqualsToken,
  ts.SyntaxKind.AsteriskEqualsToken,
];

const noRounding: Rule = {
  says: 'nothing is parsed as a float, cut to decimals or scaled by a hundred',
  cure: 'Use Money.fromDecimal and toDecimal, which know the decimals of each currency.',
  find: (tree) =>
    program(tree)
      .filter(({ path }) => isIn('src', path))
      .flatMap((file) => nodesOf(file).flatMap((node) => roundingAt(file, node))),
};

function roundingAt(file: SourceFile, node: ts.Node): Finding[] {
  if (ts.isCallExpression(node)) {
    const called = memberOf(node.expression)?.name ?? node.expression.getText();
    return ROUNDING_CALLS.includes(called) ? [finding(file, node, `${called} is called`)] : [];
  }
  if (!ts.isBinaryExpression(node) || !SCALING.includes(node.operatorToken.kind)) return [];
  const isScaled = [node.left, node.right].some((side) => HUNDREDS.test(side.getText()));
  return isScaled ? [finding(file, node, node.getText())] : [];
}

export const moneyRules = { noNumbers, noConversions, noRounding };
