import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  environmentSource,
  readSettings,
  type SettingProblem,
} from '../../../shared/settings-reader';
import { logoSetting } from './logo';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex');
const LIMIT = 256 * 1024;

describe('the setting of the logo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'logo-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function read(path: string) {
    const problems: SettingProblem[] = [];
    const source = environmentSource({ INVOICE_LOGO_FILE: path }, () => '');
    const values = readSettings({ INVOICE_LOGO_FILE: logoSetting }, { source, problems });
    return { logo: values.INVOICE_LOGO_FILE, problems: problems.map(({ detail }) => detail) };
  }

  function fileOf(content: Buffer | string): string {
    const path = join(folder, 'logo');
    writeFileSync(path, content);
    return path;
  }

  it.each([
    ['image/png', PNG],
    ['image/jpeg', JPEG],
  ])('takes %s and keeps every byte', (mediaType, content) => {
    expect(read(fileOf(content))).toEqual({
      logo: `data:${mediaType};base64,${content.toString('base64')}`,
      problems: [],
    });
  });

  it('takes a file of 256 kB and refuses one byte more', () => {
    const largest = Buffer.concat([PNG, Buffer.alloc(LIMIT - PNG.length)]);
    expect(read(fileOf(largest)).problems).toEqual([]);
    expect(read(fileOf(Buffer.concat([largest, Buffer.alloc(1)]))).problems).toHaveLength(1);
  });

  it.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a page', '<!doctype html>'],
    ['an empty file', ''],
    ['the beginning of a PNG', PNG.subarray(0, 7)],
  ])('refuses %s and says what to do', (_, content) => {
    const { problems } = read(fileOf(content));
    expect(problems).toEqual([expect.stringMatching(/must name .* PNG or JPEG .*256 kB.*SVG/)]);
  });

  it('refuses what is not there and what is no file', () => {
    expect(read(join(folder, 'nowhere')).problems).toHaveLength(1);
    expect(read(folder).problems).toHaveLength(1);
    expect(read('/dev/zero').problems).toHaveLength(1);
  });
});
