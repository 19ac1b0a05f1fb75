import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/auth/access';
import { Documented } from '../../../platform/http/documented';
import { LedgerCheck } from '../queries/ledger-check';
import { toLedgerCheckResponse } from '../queries/ledger-check.view';
import { type LedgerCheckResponse } from './ledger-check.response';
import * as docs from './ledger.docs';

@ApiTags('Ledger')
@Access('staff')
@Controller('api/ledger')
export class LedgerController {
  constructor(private readonly ledger: LedgerCheck) {}

  @Get('check')
  @Documented(docs.check)
  async check(): Promise<LedgerCheckResponse> {
    return toLedgerCheckResponse(await this.ledger.run());
  }
}
