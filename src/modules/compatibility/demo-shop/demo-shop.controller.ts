import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../../platform/auth/access';
import { DEMO_SHOP_FILES, type DemoShopFiles } from './demo-shop.page';

/** Scripts, styles and calls of this address only; nothing is embedded, and nothing may embed the page. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * A sample client of the frozen API, for a demonstration only: whoever opens it acts with the user key, as whoever opens
 * the documentation there acts with the staff key.
 */
@ApiExcludeController()
@Public()
@Controller('demo/shop')
export class DemoShopController {
  constructor(@Inject(DEMO_SHOP_FILES) private readonly files: DemoShopFiles) {}

  /** Where the payer shops, and comes back to: the script tells them apart by the address. */
  @Get(['', 'return', 'cancel'])
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', POLICY)
  // The address of the return page names the payment and the payer.
  @Header('Referrer-Policy', 'no-referrer')
  page(): string {
    return this.files.page;
  }

  @Get('shop.js')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  script(): string {
    return this.files.script;
  }

  @Get('shop.css')
  @Header('Content-Type', 'text/css; charset=utf-8')
  style(): string {
    return this.files.style;
  }
}
